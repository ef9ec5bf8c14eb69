"""Use cases: open a conversation, take a message, answer it, redeliver what is owed, tell what the desk should see.

It imports clinical, knowledge, reading, settings and errors, and reaches stores, rasa and mail through its ports only.
It never imports SQLAlchemy, httpx or a web framework, and never holds a sentence that a patient reads.
"""
