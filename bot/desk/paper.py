"""Papers that a template says: it calls these parts in order, so that its words stay in the template."""

from bot.service.papers import Paper, Part, PartKind


class PaperParts:
    """Collects the parts of a paper; every call gives nothing, for the template itself is shown to nobody."""

    def __init__(self, clinic: str, *, language: str) -> None:
        self._clinic = clinic
        self._language = language
        self._named: dict[str, str] = {}
        self._parts: list[Part] = []

    @property
    def whole(self) -> Paper:
        """The paper as it was said."""
        return Paper(clinic=self._clinic, language=self._language, parts=tuple(self._parts), **self._named)

    def begin(self, *, title: str, foot: str, replaced: str) -> str:
        """Its title, what stands on every page, and what is said where letters cannot be shown."""
        self._named = {"title": title, "foot": foot, "replaced": replaced}
        return ""

    def heading(self, text: str) -> str:
        """A heading."""
        return self._put(PartKind.HEADING, text)

    def pair(self, label: str, text: str | None) -> str:
        """A value with its label; nothing where there is no value."""
        return self._put(PartKind.PAIR, text, label=label) if text else ""

    def line(self, text: str) -> str:
        """A sentence of ours."""
        return self._put(PartKind.LINE, text)

    def said(self, text: str) -> str:
        """Somebody's words."""
        return self._put(PartKind.SAID, text)

    def by(self, text: str) -> str:
        """Who, and when."""
        return self._put(PartKind.BY, text)

    def _put(self, kind: PartKind, text: str, *, label: str = "") -> str:
        self._parts.append(Part(kind, str(text), str(label)))
        return ""
