"""Second factors, their recovery codes, and sign-ins that wait for a code; each code opens one session."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from bot.service.actors import NOBODY
from bot.service.desk_account_records import HalfSession, KeptFactor, NewFactor, NewSession, Step
from bot.service.desk_records import Act
from bot.store import audit
from bot.store.staff_rows import (
    STAFF,
    end_sessions,
    forget_attempts,
    has_factor,
    lock_active,
    open_session,
    staff_of,
)
from bot.store.tables import half_sessions, recovery_codes, second_factors, staff
from bot.store.transaction import Database

_factor = second_factors.c
_code = recovery_codes.c


class Factors:
    """bot.service.desk_account_ports.FactorBook on one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def half(self, digest: str, *, since: datetime) -> HalfSession | None:
        """A sign-in that waits for its second half, begun after `since`."""
        waiting = (half_sessions.c.id == digest, half_sessions.c.created_at > since, staff.c.disabled_at.is_(None))
        found = select(*STAFF).join(half_sessions, half_sessions.c.staff_id == staff.c.id).where(*waiting)
        with self._database.read() as connection:
            row = connection.execute(found).one_or_none()
            if row is None:
                return None
            step = Step.CODE if has_factor(connection, row.id) else Step.SET_UP
            return HalfSession(digest, staff_of(row), step)

    def factor(self, staff_id: str) -> KeptFactor | None:
        """Somebody's second factor."""
        with self._database.read() as connection:
            row = connection.execute(select(second_factors).where(_factor.staff_id == staff_id)).one_or_none()
            counted = select(func.count()).select_from(recovery_codes).where(_code.staff_id == staff_id)
            return KeptFactor(row.secret, row.set_at, connection.execute(counted).scalar_one()) if row else None

    def pass_step(self, half: HalfSession, new: NewSession, *, step: int) -> bool:
        """Open the session for the code of this half minute; False when one as new was used before."""
        with self._database.write() as connection:
            waiting = _lock_half(connection, half)
            newer = (_factor.staff_id == half.staff.id, _factor.last_step < step)
            used = update(second_factors).where(*newer).values(last_step=step)
            if waiting is None or connection.execute(used).rowcount != 1:
                return False
            _finish(connection, waiting, new)
            return True

    def pass_recovery(self, half: HalfSession, new: NewSession, *, code: str) -> bool:
        """Open the session and use the recovery code up; False when there is no such code."""
        with self._database.write() as connection:
            waiting = _lock_half(connection, half)
            used = delete(recovery_codes).where(_code.staff_id == half.staff.id, _code.digest == code)
            if waiting is None or connection.execute(used).rowcount != 1:
                return False
            now = new.session.created_at
            audit.write(connection, half.staff.id, "staff.recovery_code_used", subject=half.staff.id, now=now)
            _finish(connection, waiting, new)
            return True

    def pass_set_up(self, half: HalfSession, new: NewSession, *, factor: NewFactor) -> bool:
        """Keep the first second factor and open the session; False when there is one already."""
        with self._database.write() as connection:
            waiting = _lock_half(connection, half)
            if waiting is None or has_factor(connection, half.staff.id):
                return False
            _keep(connection, factor, act=Act(half.staff.id, new.session.created_at))
            _finish(connection, waiting, new)
            return True

    def keep_refusal(self, staff_id: str, *, now: datetime) -> None:
        """Write down that a code was wrong."""
        with self._database.write() as connection:
            audit.write(connection, NOBODY, "staff.code_refused", subject=staff_id, now=now)

    def replace(self, factor: NewFactor, *, keeping: str, act: Act) -> None:
        """Another second factor from now on; every other session of its owner ends."""
        with self._database.write() as connection:
            if lock_active(connection, act.staff_id) is None:
                return
            connection.execute(delete(second_factors).where(_factor.staff_id == act.staff_id))
            _keep(connection, factor, act=act)
            end_sessions(connection, act.staff_id, now=act.now, keeping=keeping)

    def renew_codes(self, codes: tuple[str, ...], *, act: Act) -> bool:
        """Other recovery codes; False where there is no second factor."""
        with self._database.write() as connection:
            if lock_active(connection, act.staff_id) is None or not has_factor(connection, act.staff_id):
                return False
            _keep_codes(connection, codes, act=act)
            return True

    def remove(self, staff_id: str, *, act: Act) -> bool:
        """No second factor any more, and every session of its owner ended; False where there was none."""
        with self._database.write() as connection:
            connection.execute(select(staff.c.id).where(staff.c.id == staff_id).with_for_update())
            connection.execute(delete(recovery_codes).where(_code.staff_id == staff_id))
            if connection.execute(delete(second_factors).where(_factor.staff_id == staff_id)).rowcount != 1:
                return False
            end_sessions(connection, staff_id, now=act.now)
            audit.write(connection, act.staff_id, "staff.factor_reset", subject=staff_id, now=act.now)
            return True


def _lock_half(connection: Connection, half: HalfSession) -> Row[Any] | None:
    """The waiting sign-in of an account that is still active, which no other request can use now."""
    if lock_active(connection, half.staff.id) is None:
        return None
    found = select(half_sessions).where(half_sessions.c.id == half.digest)
    return connection.execute(found.with_for_update()).one_or_none()


def _finish(connection: Connection, waiting: Row[Any], new: NewSession) -> None:
    """The sign-in is whole: what waited is gone, and the attempts that led here are forgotten."""
    connection.execute(delete(half_sessions).where(half_sessions.c.id == waiting.id))
    forget_attempts(connection, waiting.attempt_id, new.attempt_id)
    open_session(connection, new.session)


def _keep(connection: Connection, factor: NewFactor, *, act: Act) -> None:
    row = {"staff_id": act.staff_id, "secret": factor.secret, "last_step": factor.last_step, "set_at": act.now}
    connection.execute(insert(second_factors).values(**row))
    audit.write(connection, act.staff_id, "staff.factor_set", subject=act.staff_id, now=act.now)
    _keep_codes(connection, factor.codes, act=act)


def _keep_codes(connection: Connection, codes: tuple[str, ...], *, act: Act) -> None:
    connection.execute(delete(recovery_codes).where(_code.staff_id == act.staff_id))
    connection.execute(insert(recovery_codes), [{"staff_id": act.staff_id, "digest": code} for code in codes])
    audit.write(connection, act.staff_id, "staff.recovery_codes_made", subject=act.staff_id, now=act.now)
