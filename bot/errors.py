"""Every error this project raises on purpose, in one tree.

NeedlepointError
├── KnowledgeError      the clinical data files say something impossible; the message names file, id and remedy
├── SignatureError      the rules cannot be signed, or those who signed cannot be read; the message says what to do
├── SettingsError       a setting is missing or malformed; the message names the variable
├── EncounterError      stored encounter data cannot be read (unknown schema, damaged)
├── InputError          what came in from outside cannot be used
│   ├── TooLong         the text passes the limit of a message
│   ├── NotUnderstood   a line or body is not what the contract describes
│   ├── Conflict        the same id was used before with other content, or a choice is not on offer
│   │   └── NoResult    there is no result to show; what the patient must do instead goes with it
│   └── Forbidden       the token or secret does not open this door
├── StorageError        the store did not keep what it was given; nothing may be acknowledged
│   └── Overtaken       another answer of the same conversation was kept first; work this one out again
├── MailError           a mail could not be sent now; it may go through later
│   └── MailRefused     the mail server will never take it for this address
├── ExportError         a record could not be put into the form that was asked for; nothing is given out
├── EffectError         what a turn asked of the outside world could not be done
└── RasaError           the rasa process did not give a usable turn in time
    └── RasaRefused     it answered, but with an error: asking again may never help
"""

from typing import Any


class NeedlepointError(Exception):
    """The root of all errors raised on purpose."""


class KnowledgeError(NeedlepointError):
    """The clinical data files say something impossible."""


class SignatureError(NeedlepointError):
    """The clinical rules cannot be signed, or the file of signatures cannot be read."""


class SettingsError(NeedlepointError):
    """A setting is missing or malformed."""


class EncounterError(NeedlepointError):
    """Stored encounter data cannot be read."""


class InputError(NeedlepointError):
    """What came in from outside cannot be used."""


class TooLong(InputError):
    """The text passes the limit of a message."""


class NotUnderstood(InputError):
    """A line or body is not what the contract describes."""


class Conflict(InputError):
    """The same id was used before with other content, or a choice is not on offer."""


class NoResult(Conflict):
    """There is no result to show; `replies` are what stands instead of it (bot.service.records.StoredReply)."""

    def __init__(self, message: str, *, replies: tuple[Any, ...] = ()) -> None:
        super().__init__(message)
        self.replies = replies


class Forbidden(InputError):
    """The token or secret does not open this door."""


class StorageError(NeedlepointError):
    """The store did not keep what it was given; nothing may be acknowledged.

    `replies` are what the patient may still be shown (bot.service.records.StoredReply).
    """

    def __init__(self, message: str, *, replies: tuple[Any, ...] = ()) -> None:
        super().__init__(message)
        self.replies = replies


class Overtaken(StorageError):
    """Another answer of the same conversation was kept first; work this one out again."""


class MailError(NeedlepointError):
    """A mail could not be sent now; the message names no address."""


class MailRefused(MailError):
    """The mail server will never take it for this address."""


class ExportError(NeedlepointError):
    """A record could not be put into the form that was asked for; the message holds nothing of it."""


class EffectError(NeedlepointError):
    """What a turn asked of the outside world could not be done; `effect` is that value, `reason` an id."""

    def __init__(self, effect: Any, reason: str) -> None:
        super().__init__(f"{type(effect).__name__} could not be done: {reason}")
        self.effect = effect
        self.reason = reason


class RasaError(NeedlepointError):
    """The rasa process did not give a usable turn in time."""


class RasaRefused(RasaError):
    """The rasa process answered, but with an error: asking again may never help."""
