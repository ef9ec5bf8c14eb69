"""Whether a number can be called and an address written to: what is wrong with those in a message."""

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from bot.clinical.contact import BAD_EMAIL, IMPOSSIBLE_NUMBER, LOCAL_NUMBER

LONGEST = 4_000
FEWEST_DIGITS, LOCAL_DIGITS = 7, 7
_NUMBER = re.compile(r"\+?\(?\d(?:[\s().+-]{0,3}\d){6,}")
_ADDRESS = re.compile(r"\S*@\S*")
_AROUND = ".,;:!?()<>[]\"'"


def country_of(region: str) -> str:
    """The country whose numbers need no prefix, in two capitals ("CA" for the region ca-bc)."""
    return region.split("-")[0].upper()


def trouble_in(text: str, *, country: str) -> str | None:
    """What is wrong with a number or address in the message, None where none is, or another one of the kind is right.

    Nothing is asked of any server: a number must exist in its country's plan, an address must be well-formed.
    """
    head = text[:LONGEST]
    addresses = [found.strip(_AROUND) for found in _ADDRESS.findall(head)] if "@" in head else []
    if addresses and not any(is_address(address) for address in addresses):
        return BAD_EMAIL
    numbers = _NUMBER.findall(_ADDRESS.sub(" ", head))
    if not numbers or any(_exists(number, country) for number in numbers):
        return None
    return LOCAL_NUMBER if all(_digits(number) == LOCAL_DIGITS for number in numbers) else IMPOSSIBLE_NUMBER


def is_address(text: str) -> bool:
    """Mail can be sent to this address, as far as can be told without asking a server."""
    try:
        validate_email(text, check_deliverability=False, allow_smtputf8=False, allow_domain_literal=False)
    except EmailNotValidError:
        return False
    return True


def _exists(number: str, country: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, country))
    except phonenumbers.NumberParseException:
        return False


def _digits(number: str) -> int:
    return sum(sign.isdigit() for sign in number)
