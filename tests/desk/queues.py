"""The inbox as tests ask the service for it, without a page."""

from collections.abc import Mapping

from bot.service.desk import DeskServices
from bot.service.desk_filters import read_query
from bot.service.desk_records import Queue, Staff
from bot.service.desk_roles import Role

NOBODY = Staff("0" * 32, "Nobody", "nobody@clinic.example", Role.RECEPTION)


def queue(
    services: DeskServices,
    status: str,
    *,
    by: Mapping[str, str] | None = None,
    after: str | None = None,
    staff: Staff = NOBODY,
) -> Queue:
    """A page of the inbox under a status and filters."""
    query = read_query([("status", status), *(by or {}).items()])
    return services.inquiries.queue(query, staff, after=after)
