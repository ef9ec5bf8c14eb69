"""Reviewed clinical data as YAML, one folder per language, one file per region, and the loader that refuses bad data.

It imports bot.clinical, bot.settings and bot.errors, the standard library and PyYAML; the linter alone needs textstat.
It never reads the environment, a clock or a database, and never holds a sentence that a patient reads: the YAML does.
"""

from bot.knowledge.loader import load_protocol

__all__ = ["load_protocol"]
