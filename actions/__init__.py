"""The rasa-sdk actions: one thin action that hands each turn to bot.clinical and utters what comes back.

It imports rasa_sdk, bot.knowledge, bot.clinical, bot.settings and bot.errors.
It never decides anything clinical, never stores anything, and never imports rasa or the web tower.
"""
