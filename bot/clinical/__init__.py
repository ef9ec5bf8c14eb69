"""The middle of Needlepoint: findings, red flags, the encounter, what to ask next, disposition, tally and `advance`.

It imports the standard library, bot.settings and bot.errors, and holds immutable values and pure functions only.
It never reads a file, a clock, the environment or a database, and never holds a sentence that a patient reads.
"""
