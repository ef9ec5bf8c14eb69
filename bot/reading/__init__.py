"""A patient's words become mentions, places, durations, answers and red flags.

It imports spaCy, the standard library and the rooms below it: knowledge, clinical, settings and errors.
It never keeps a message, asks a question, decides what counts, or imports rasa, a web framework or a database.
"""
