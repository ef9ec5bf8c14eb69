"""What the inquiry page shows of its chat: whose it is, what may be inserted, and what was typed and not sent."""

from dataclasses import dataclass, replace

from bot.service.canned_replies import Filled, filled_replies
from bot.service.chat import Chat
from bot.service.desk import DeskServices
from bot.service.desk_records import Inquiry, Staff
from bot.service.takeover import LONGEST, first_name


@dataclass(frozen=True)
class Draft:
    """A message that was typed and is not sent; `trouble` says why, `insert` is a canned reply to put at its end."""

    form_id: str
    text: str = ""
    trouble: str = ""
    insert: str = ""

    def wrong(self, trouble: str) -> "Draft":
        """The same with what is wrong."""
        return replace(self, trouble=trouble)

    def inserting(self, id: str) -> "Draft":
        """The same with a canned reply to come."""
        return replace(self, insert=id)


@dataclass(frozen=True)
class ChatView:
    """The chat of an inquiry as one of the staff sees it."""

    chat: Chat
    is_mine: bool
    writer: str | None
    """The first name of a colleague who writes."""
    is_heard: bool
    canned: tuple[Filled, ...]
    draft: Draft
    longest: int = LONGEST

    @property
    def text(self) -> str:
        """What stands in the box: what was typed, with the reply that was chosen at its end."""
        chosen = next((one.text for one in self.canned if one.id == self.draft.insert), "")
        return "\n".join(part for part in (self.draft.text.rstrip("\n"), chosen) if part)


def chat_view(desk: DeskServices, inquiry: Inquiry, staff: Staff, draft: Draft | None) -> ChatView | None:
    """The chat; None where nothing that staff write would reach the patient."""
    chat, chats = inquiry.chat, desk.chats
    if chat is None or chats is None or not chat.is_writable:
        return None
    is_mine = chat.writer_id == staff.id
    clinic = chats.deciding.facts(desk.clock.now()).clinic
    return ChatView(
        chat=chat,
        is_mine=is_mine,
        writer=first_name(chat.writer) if chat.writer and not is_mine else None,
        is_heard=chats.is_heard(chat),
        canned=filled_replies(desk.protocol, clinic, staff=staff.name, patient=inquiry.entry.name),
        draft=draft or Draft(desk.inquiries.new_id()),
    )
