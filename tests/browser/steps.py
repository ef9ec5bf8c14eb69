"""What patients do in the chat, as steps of a test."""

from playwright.sync_api import FrameLocator, Locator, Page, expect

Chat = Page | FrameLocator


def composer(chat: Chat) -> Locator:
    """Where the patient types."""
    return chat.get_by_role("textbox", name="Type your message")


def say(chat: Chat, text: str) -> None:
    """Type a message and press Enter."""
    composer(chat).fill(text)
    composer(chat).press("Enter")


def see(chat: Chat, text: str) -> None:
    """The conversation shows this text."""
    expect(chat.get_by_role("log").get_by_text(text).last).to_be_visible()


def tap(chat: Chat, name: str) -> None:
    """Press a button."""
    chat.get_by_role("button", name=name, exact=True).click()


def tick(chat: Chat, *labels: str) -> None:
    """Tick boxes of the checklist."""
    for label in labels:
        chat.locator(".ticks").get_by_label(label, exact=True).check()


def ticked(page: Page) -> list[str]:
    """The ids of the boxes that are ticked now."""
    return page.locator(".checklist input:checked").evaluate_all("boxes => boxes.map(box => box.value)")


def pick(chat: Chat, name: str) -> None:
    """Pick something from the menu."""
    tap(chat, "More")
    chat.get_by_role("menuitem", name=name, exact=True).click()
