"""Tables, engine, transactions, the ledger and the migrations: the only room that imports SQLAlchemy.

It imports service (its ports and records), clinical, settings and errors, and SQLAlchemy and Alembic.
It never decides anything clinical, never imports web, desk or channels, and never logs what a patient wrote.
"""
