"""A PostgreSQL of the tests' own: made in a temporary folder, run by the user postgres, gone when they end."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator, Sequence

OWNER = "postgres"
DATABASE = "needlepoint_test"
INSTALLED = Path("/usr/lib/postgresql")
FOR_TESTS = "-c fsync=off -c full_page_writes=off -c listen_addresses=127.0.0.1 -c log_min_messages=fatal"


def can_run_cluster() -> bool:
    """Say whether this machine has the programs, and this process may act as their user."""
    return os.geteuid() == 0 and programs() is not None


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL's programs, or None."""
    found = sorted(INSTALLED.glob("*/bin/initdb"), key=lambda initdb: int(initdb.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def temporary_cluster() -> Iterator[str]:
    """Start a cluster with one empty database, give its address, and leave nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="needlepoint-postgres-"))
    try:
        shutil.chown(str(folder), OWNER, OWNER)
        yield from _running(folder)
    finally:
        shutil.rmtree(str(folder), ignore_errors=True)


def _running(folder: Path) -> Iterator[str]:
    port, password, data = _free_port(), secrets.token_hex(16), str(folder / "cluster")
    secret = folder / "password"
    secret.write_text(password, encoding="utf-8")
    shutil.chown(str(secret), OWNER, OWNER)
    trust = ["--auth-host=scram-sha-256", "--auth-local=trust", f"--pwfile={secret}", "--username=needlepoint"]
    _as_owner(["initdb", "-D", data, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", *trust], folder)
    options = f"-p {port} -k {folder} {FOR_TESTS}"
    _as_owner(["pg_ctl", "start", "-w", "-D", data, "-l", str(folder / "log"), "-o", options], folder)
    try:
        _as_owner(["createdb", "-h", str(folder), "-p", str(port), "-U", "needlepoint", DATABASE], folder)
        yield f"postgresql+psycopg://needlepoint:{password}@127.0.0.1:{port}/{DATABASE}"
    finally:
        _as_owner(["pg_ctl", "stop", "-w", "-m", "immediate", "-D", data], folder)


def _as_owner(command: Sequence[str], folder: Path) -> None:
    program = str((programs() or Path()) / command[0])
    as_owner = ["runuser", "-u", OWNER, "--", program, *command[1:]]
    done = subprocess.run(
        as_owner,
        cwd=str(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stdout.decode(errors='replace')[-500:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
