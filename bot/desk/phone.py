"""Phone numbers as people read them."""

import phonenumbers


def readable(phone: str) -> str:
    """The number in groups, such as +1 604-555-0123; as it was given where it is no number that can be read."""
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
