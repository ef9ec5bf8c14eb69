"""The web application: chat API, health, metrics and the pages that patients see; `app.create_app` puts it together.

It imports FastAPI, the values of bootstrap and the rooms below it, and is handed every concrete part.
It never opens a database, calls rasa or words a sentence that a patient reads.
"""
