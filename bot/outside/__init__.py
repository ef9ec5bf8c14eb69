"""Adapters of the services' ports: the rasa process and the clinic's alerts.

It imports service (its ports and records), clinical, settings, errors and httpx; only channels does so too.
It never decides a turn, never touches the store, and never logs what a patient wrote.
"""
