"""One run at a time: a view in the list of tables, which can be made only once."""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path

from lead_scoring.published import lock
from lead_scoring.published.lock import Locked
from lead_scoring.published.record import utc_now
from lead_scoring.spark.connection import Connection, Refused, literal, relations
from lead_scoring.warehouses.schemas import Schemas

AT_WORK = "run_at_work"


@contextlib.contextmanager
def only_run(
    connection: Connection, schemas: Schemas, work_folder: Path, what: str
) -> Iterator[None]:
    """Holds the lock of a published schema. what: the command, for those who find it held.

    Who is killed leaves the view. A run of the same work folder takes it over: that folder has a
    lock of its own, which ends with its process. Raises Locked at once where another one holds it.
    """
    work_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    view = f"{schemas.name}.{AT_WORK}"
    with lock.only_run(work_folder / "lock", what):
        owner = _owner(work_folder)
        holder = f"{what}, process {os.getpid()} on {socket.gethostname()}, since {utc_now():%F %T}"
        query = f"select {literal(holder)} as holder, {literal(owner)} as work_folder"
        connection.execute(f"create schema if not exists {schemas.name}")
        if not _made(connection, view, query):
            words, of = connection.execute(f"select * from {view}").fetchone() or ("", "")
            if of != owner:
                raise Locked(
                    f"Another run is at work on {schemas.name}: {words} UTC. Nothing was done. Wait"
                    " until it has ended, or stop it. Where it was killed on another machine, or"
                    f" its work folder is gone, take its lock back in Spark: drop view {view}"
                )
            connection.execute(f"alter view {view} as {query}")
        try:
            yield
        finally:
            with contextlib.suppress(Exception):  # Spark may have ended by now
                connection.execute(f"drop view {view}")


def _made(connection: Connection, view: str, query: str) -> bool:
    try:
        connection.execute(f"create view {view} as {query}")
    except Refused:
        if AT_WORK not in relations(connection, [view.split(".")[0]]):
            raise
        return False
    return True


def _owner(work_folder: Path) -> str:
    """What no other folder has, on no machine: not a copy of it either."""
    file = work_folder / "lock_owner"
    if not file.exists():
        file.write_text(uuid.uuid4().hex, encoding="utf-8")
    words = f"{socket.gethostname()} {work_folder.resolve()} {file.read_text(encoding='utf-8')}"
    return hashlib.sha256(words.encode()).hexdigest()[:32]
