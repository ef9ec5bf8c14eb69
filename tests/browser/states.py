"""Every state that the chat can be in, and how a patient gets there."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.clinic import ScriptedConversations
from tests.browser.steps import composer, pick, say, see, tap, tick

Reach = Callable[[Page, ScriptedConversations], None]


def offline(chat: Page, _: ScriptedConversations) -> None:
    """A message waits."""
    chat.context.set_offline(True)
    say(chat, "anyone?")
    expect(chat.get_by_text("Not sent yet")).to_be_visible()


def not_stored(chat: Page, clinic: ScriptedConversations) -> None:
    """The database is gone."""
    clinic.lose_database(times=1)
    say(chat, "my legs are numb")
    expect(chat.get_by_text("can’t answer just now")).to_be_visible()


def refused(chat: Page, clinic: ScriptedConversations) -> None:
    """A choice was stale."""
    say(chat, "who")
    see(chat, "Who is this for")
    clinic.refuse_as_stale()
    tap(chat, "For me, 19 to 49")
    expect(chat.get_by_text("That question was already closed")).to_be_visible()


def too_long(chat: Page, _: ScriptedConversations) -> None:
    """The text passes the limit."""
    composer(chat).fill("x" * 4_100)
    expect(chat.get_by_text("100 characters too many")).to_be_visible()


def clearing(chat: Page, _: ScriptedConversations) -> None:
    """The patient is asked whether to clear the chat."""
    say(chat, "numb")
    tap(chat, "Clear this chat from this device")


def empty_list(chat: Page, _: ScriptedConversations) -> None:
    """Nothing was ticked."""
    say(chat, "back")
    tap(chat, "Send answer")


def why(chat: Page, _: ScriptedConversations) -> None:
    """What was understood can be corrected, and why it is asked is told."""
    say(chat, "understood")
    tap(chat, "Why do you ask?")


def body_map(chat: Page, _: ScriptedConversations) -> None:
    """A part of the body is ticked and another has the focus."""
    say(chat, "where")
    tick(chat, "Lower back")
    chat.get_by_role("group", name="Body map").get_by_role("checkbox", name="Head").focus()


def box(chat: Page, _: ScriptedConversations) -> None:
    """A number is picked in the background box."""
    say(chat, "box")
    chat.get_by_role("radio", name="7", exact=True).check()


def menu(chat: Page, _: ScriptedConversations) -> None:
    """The menu is open."""
    say(chat, "understood")
    see(chat, "So far I have")
    tap(chat, "More")


def shared(chat: Page, _: ScriptedConversations) -> None:
    """The link is shown, the form for the e-mail is open, and an address was wrong."""
    say(chat, "result")
    with chat.expect_popup() as opened:
        tap(chat, "Show this to your physiotherapist")
    opened.value.close()
    tap(chat, "Send me the link by e-mail")
    chat.keyboard.press("Enter")
    expect(chat.get_by_text("Please check the e-mail address.")).to_be_visible()


def code(chat: Page, _: ScriptedConversations) -> None:
    """The code for another device is shown."""
    pick(chat, "Continue on another device")
    expect(chat.get_by_text("It works once")).to_be_visible()


def resume(chat: Page, _: ScriptedConversations) -> None:
    """A code was entered that is wrong."""
    tap(chat, "Continue a chat from another device")
    chat.keyboard.press("Enter")
    expect(chat.get_by_text("This code did not work.")).to_be_visible()


def erased(chat: Page, _: ScriptedConversations) -> None:
    """Everything was deleted."""
    pick(chat, "Delete my data")
    tap(chat, "Yes")
    see(chat, "Everything is deleted.")


def asked(text: str, shown: str) -> Reach:
    """The state after this message."""

    def reach(chat: Page, _: ScriptedConversations) -> None:
        say(chat, text)
        see(chat, shown)

    return reach


STATES: dict[str, Reach] = {
    "notice": lambda chat, clinic: None,
    "question": asked("who", "Who is this for"),
    "checklist": asked("back", "Is any of this new"),
    "nothing ticked": empty_list,
    "emergency": asked("numb", "Please read this now"),
    "result": asked("result", "Your summary"),
    "why and corrections": why,
    "body map": body_map,
    "background box": box,
    "menu": menu,
    "more to tell": asked("faq", "A needle can sting"),
    "result, shared": shared,
    "booking": asked("contact", "What name should we ask for"),
    "free times": asked("free", "These times are free"),
    "booking page": asked("link", "You book on the clinic"),
    "visit": asked("booked", "Your visit is booked"),
    "booked": asked("done", "Your request is with our front desk"),
    "code": code,
    "code is wrong": resume,
    "confirming": lambda chat, clinic: pick(chat, "Delete my data"),
    "erased": erased,
    "clearing": clearing,
    "too long": too_long,
    "refused": refused,
    "not stored": not_stored,
    "offline": offline,
}
