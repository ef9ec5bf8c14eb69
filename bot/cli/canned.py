"""One conversation that proves the whole path works: web, store and rasa."""

from bot.cli.chat_client import ChatClient
from bot.errors import RasaError

QUESTION = "What are your opening hours?"


def converse_once(url: str) -> None:
    """Ask one harmless question over the chat API; an error when no reply comes."""
    client = ChatClient(url)
    try:
        token, _ = client.open()
        if not client.say(token, text=QUESTION):
            raise RasaError("the chat answered a test question with nothing")
    finally:
        client.close()
