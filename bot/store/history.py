"""What was said in a conversation, read back in order for its patient."""

from collections import defaultdict

from sqlalchemy import Connection, bindparam, select

from bot.service.records import History, StoredReply
from bot.store.messages import kept
from bot.store.tables import messages, replies


def read(connection: Connection, session_id: str, *, limit: int) -> History:
    """The newest messages and the newest replies, so many of each, in order."""
    values = {"session": session_id, "most": limit}
    answers: dict[str, list[StoredReply]] = defaultdict(list)
    sent, followed = [], {}
    for row in reversed(connection.execute(_SENT, values).all()):
        reply = StoredReply(row.id, row.body, row.seq, row.late)
        sent.append(reply)
        if row.message_id and row.late:
            followed[row.id] = row.message_id
        elif row.message_id:
            answers[row.message_id].append(reply)
    said = reversed(connection.execute(_SAID, values).all())
    return History(tuple(kept(row, answer=tuple(answers[row.id])) for row in said), tuple(sent), followed)


_SAID = (
    select(messages)
    .where(messages.c.conversation_id == bindparam("session"))
    .order_by(messages.c.seq.desc())
    .limit(bindparam("most"))
)
_SENT = (
    select(replies)
    .where(replies.c.conversation_id == bindparam("session"))
    .order_by(replies.c.seq.desc())
    .limit(bindparam("most"))
)
