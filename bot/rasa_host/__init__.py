"""What runs inside the rasa process: the launcher, the private door, in-process actions, the steps of the NLU pipeline.

It imports rasa, rasa_sdk, scikit-learn, actions and the rooms below it: reading, knowledge, clinical, settings, errors.
It never stores anything, keeps no state between turns, listens on loopback only, and never logs a patient's words.
"""
