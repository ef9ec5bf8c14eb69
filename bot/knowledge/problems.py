"""What is wrong with the data files, gathered so that one run reports everything."""

from dataclasses import dataclass, field

from bot.errors import KnowledgeError


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: the file, the entry in it, what is wrong, and what to do."""

    file: str
    entry: str
    complaint: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.entry}: {self.complaint}; {self.remedy}"


@dataclass
class Problems:
    """The problems found so far."""

    found: list[Problem] = field(default_factory=list)

    def add(self, file: str, entry: str, *, complaint: str, remedy: str) -> None:
        """Keep one more problem."""
        self.found.append(Problem(file, entry, complaint, remedy))

    def refuse(self) -> None:
        """Raise one KnowledgeError that names every problem, if there is any."""
        if self.found:
            lines = [str(problem) for problem in self.found]
            raise KnowledgeError(f"{len(lines)} problem(s) in the clinical data:\n" + "\n".join(lines))
