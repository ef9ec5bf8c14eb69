"""Colleagues of one role for tests of the desk."""

from collections.abc import Callable

from sqlalchemy import update

from bot.service.desk_roles import Role
from bot.store import tables
from bot.store.transaction import Database
from tests.desk.browser import Browser


def become(database: Database, name: str, role: Role) -> None:
    """The account of this name has this role from now on."""
    mine = tables.staff.c.email == f"{name}@clinic.example".lower()
    with database.write() as connection:
        connection.execute(update(tables.staff).where(mine).values(role=role.value))


def colleague(work: Callable[[str], Browser], database: Database, name: str, role: Role) -> Browser:
    """Somebody of this role, signed in."""
    browser = work(name)
    become(database, name, role)
    return browser
