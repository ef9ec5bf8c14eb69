"""The JSON shapes of the API, for reading requests strictly and for its OpenAPI description."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Id = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9_.:/+\-]+$")]
Language = Annotated[str, Field(max_length=35, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Pair = Annotated[list[str], Field(min_length=2, max_length=2)]
LONGEST_LINE = 4000


class Strict(BaseModel):
    """A request that is refused when it has a field nobody knows or a value of another type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class NewSession(Strict):
    """How a patient's browser opens a session."""

    channel: Literal["web"] = "web"
    language: Language = "en"


class NewMessage(Strict):
    """One message: a text, a tapped choice or several; the same id again gives the same answer."""

    id: Id
    text: str | None = None
    choice: Id | None = None
    choices: Annotated[list[Id], Field(min_length=1, max_length=60)] | None = None
    in_reply_to: Id | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> "NewMessage":
        if sum(said is not None for said in (self.text, self.choice, self.choices)) != 1:
            raise ValueError("needs exactly one of text, choice and choices")
        return self


class NewMail(Strict):
    """Where the link to the summary is sent."""

    to: Annotated[str, Field(min_length=3, max_length=254)]


class TypedCode(Strict):
    """A one-time code as it was typed; case, spaces and dashes do not matter."""

    code: Annotated[str, Field(min_length=1, max_length=64)]


class Line(Strict):
    """One message to understand, as `needlepoint understand` reads them."""

    id: str = Field(max_length=200)
    text: str = Field(max_length=LONGEST_LINE)
    asked: str | list[str] | None = None
    now: str | None = None


class ChoiceShape(BaseModel):
    """One tappable answer."""

    id: str
    label: str


class ReplyShape(BaseModel):
    """One bubble; `text` alone is always enough to go on."""

    id: str
    kind: Literal["message", "question", "emergency", "result", "booking", "staff"]
    question: str | None
    text: str
    choices: list[ChoiceShape]
    multiple: bool
    asks: str | list[str] | None
    data: dict[str, Any] | None


class Replies(BaseModel):
    """The answer to one message."""

    replies: list[ReplyShape]


class OpenedSession(Replies):
    """A new session; the token is the only key to it."""

    session: str
    token: str


class FindingShape(BaseModel):
    """What is known of one finding, with the patient's own words."""

    presence: Literal["present", "absent", "unknown"]
    quotes: list[str]
    regions: list[str]


class TallyShape(BaseModel):
    """How many of the seven findings are present, absent and unknown; a count, not a test."""

    present: int
    absent: int
    unknown: int
    of: int


class EncounterShape(BaseModel):
    """What is known of the patient so far."""

    findings: dict[str, FindingShape]
    other_findings: list[dict[str, Any]]
    tally: TallyShape
    red_flags: list[dict[str, Any]]
    precautions: list[str]
    regions: list[str]
    duration_days: int | None
    imaging: str | None
    disposition: str | None
    complete: bool
    booking: dict[str, Any] | None


class SummaryShape(BaseModel):
    """The result to print and to show: its lines, the count, a row for each finding, and notes."""

    title: str
    clinic: str
    made_on: str
    lines: list[str]
    count: str
    rows: list[Pair]
    notes: list[Pair]


class SummaryLink(BaseModel):
    """A page of this server that shows the summary without a token, for so many days."""

    url: str
    days: int


class Queued(BaseModel):
    """The mail is kept and will be sent."""

    queued: bool


class Said(BaseModel):
    """A line of the patient: what was written, or the labels of what was tapped, one a line."""

    sender: Annotated[Literal["patient"], Field(alias="from")]
    id: str
    text: str


class Sent(BaseModel):
    """A line of the clinic."""

    sender: Annotated[Literal["clinic"], Field(alias="from")]
    reply: ReplyShape


class TranscriptShape(BaseModel):
    """What was said so far; `open` put the question that waits, `last` is the number of the newest reply."""

    entries: list[Said | Sent]
    open: ReplyShape | None
    last: int


class CodeShape(BaseModel):
    """A code that opens the conversation once, within so many minutes."""

    code: str
    minutes: int


class ResumedSession(TranscriptShape):
    """The session that goes on here, with a token of its own."""

    session: str
    token: str


class Problem(BaseModel):
    """RFC 9457: what went wrong and what to do; `replies` must be shown to the patient where they are given."""

    type: str
    title: str
    status: int
    detail: str
    replies: list[dict[str, Any]] | None = None
