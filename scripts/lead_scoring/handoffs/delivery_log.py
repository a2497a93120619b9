"""The delivery log: an SQLite file beside the database, which a rebuild leaves alone.

Each step is one transaction, on disk before the next step begins. What is about to be done is
written first: an attempt that a kill cuts short is found again, with its key.
"""

from __future__ import annotations

import contextlib
import fcntl
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

VERSION = 1
_TABLES = """
create table deliveries (
    handoff_id text not null, destination text not null, attempts integer not null,
    first_attempt_at text not null, last_attempt_at text not null,
    delivered_at text, last_error text, file text,
    primary key (handoff_id, destination)
);
create table open_files (
    destination text not null primary key, file text not null, is_complete integer not null
);
"""


class LogError(RuntimeError):
    """The delivery log cannot be used. The message says why and what to do."""


@dataclass(frozen=True)
class OpenFile:
    """A CSV file that an earlier export began and did not finish."""

    name: str
    is_complete: bool  # all is written to its temporary name, and perhaps renamed already


@dataclass(frozen=True)
class Count:
    """What the log knows of one destination. Times are ISO 8601 in UTC."""

    destination: str
    delivered: int
    tried: int  # at least once, and not delivered
    attempts: int
    last_delivered_at: str | None
    last_error: str | None


def log_file(database: Path) -> Path:
    """Returns the log's path: beside the database, as `<name>.deliveries.sqlite`."""
    return database.absolute().with_name(f"{database.stem}.deliveries.sqlite")


@contextlib.contextmanager
def lock(file: Path, wait_seconds: float, tell: Callable[[str], None]) -> Iterator[None]:
    """Keeps every other export with this log out. The lock ends with the process, however it ends.

    Raises LogError where another export has not ended within `wait_seconds`.
    """
    deadline = time.monotonic() + wait_seconds
    has_told = False
    try:
        holder = file.with_suffix(".lock").open("w", encoding="ascii")
    except OSError as error:
        raise LogError(f"{file.parent} cannot be written: {error.strerror}.") from None
    with holder:
        while True:
            try:
                fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise LogError(
                        "Another export is under way: nothing is sent. Run again when it has ended."
                    ) from None
                if not has_told:
                    tell("Another export is under way; waiting for it.")
                    has_told = True
                time.sleep(min(0.2, max(deadline - time.monotonic(), 0)))
        yield


class DeliveryLog:
    """One row per hand-off and destination, with no lead in it. A context manager."""

    def __init__(self, file: Path, *, is_kept: bool = True) -> None:
        """Opens the log, and makes it where there is none; is_kept False: then in memory only.

        Raises LogError where the file is no delivery log of this version.
        """
        self._file = file
        try:
            place = str(file) if is_kept or file.exists() else ":memory:"
            self._connection = sqlite3.connect(place, isolation_level=None, timeout=30)
            self._connection.execute("pragma journal_mode = wal")
            self._connection.execute("pragma synchronous = full")
            with self._step():
                (version,) = self._connection.execute("pragma user_version").fetchone()
                if version == 0:
                    for statement in _TABLES.split(";")[:-1]:
                        self._connection.execute(statement)
                    self._connection.execute(f"pragma user_version = {VERSION}")
        except sqlite3.Error as error:
            raise LogError(f"{file} cannot be used as delivery log: {error}.") from None
        if version not in (0, VERSION):
            raise LogError(f"{file} is a delivery log of another version ({version}).")

    def __enter__(self) -> DeliveryLog:
        """Returns itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes the file."""
        self._connection.close()

    def delivered(self, destination: str) -> list[str]:
        """Returns the ids of all hand-offs that the destination has."""
        return [
            identifier
            for (identifier,) in self._rows(
                "select handoff_id from deliveries"
                " where destination = ? and delivered_at is not null",
                destination,
            )
        ]

    def attempts(self, destination: str) -> dict[str, int]:
        """Returns how often each hand-off that is not delivered has been tried."""
        return dict(
            self._rows(
                "select handoff_id, attempts from deliveries"
                " where destination = ? and delivered_at is null",
                destination,
            )
        )

    def knows(self, destination: str) -> bool:
        """Returns whether anything was ever tried there."""
        return bool(
            self._rows("select 1 from deliveries where destination = ? limit 1", destination)
        )

    def counts(self) -> list[Count]:
        """Returns what became of the hand-offs, per destination."""
        return [
            Count(*row)
            for row in self._rows(
                "select destination, count(delivered_at), count(*) - count(delivered_at),"
                " sum(attempts), max(delivered_at),"
                " (select last_error from deliveries as failed"
                "  where failed.destination = deliveries.destination"
                "  and last_error is not null and delivered_at is null"
                "  order by last_attempt_at desc limit 1)"
                " from deliveries group by destination order by destination"
            )
        ]

    def begin(self, destination: str, ids: Sequence[str], file: str | None = None) -> None:
        """Records an attempt that is about to be made; file: the CSV file that holds the ids."""
        now = _now()
        with self._step():
            self._connection.executemany(
                "insert into deliveries values (?, ?, 1, ?, ?, null, 'interrupted', ?)"
                " on conflict (handoff_id, destination) do update set"
                " attempts = attempts + 1, last_attempt_at = excluded.last_attempt_at,"
                " last_error = excluded.last_error, file = excluded.file",
                [(identifier, destination, now, now, file) for identifier in ids],
            )
            if file is not None:
                self._connection.execute(
                    "insert into open_files values (?, ?, 0)", (destination, file)
                )

    def deliver(self, destination: str, identifier: str) -> None:
        """Records that a hand-off has arrived."""
        with self._step():
            self._connection.execute(
                "update deliveries set delivered_at = ?, last_error = null"
                " where destination = ? and handoff_id = ?",
                (_now(), destination, identifier),
            )

    def fail(self, destination: str, identifier: str, error: str) -> None:
        """Records that a hand-off has not arrived; error: its kind, in words without values."""
        with self._step():
            self._connection.execute(
                "update deliveries set last_error = ? where destination = ? and handoff_id = ?",
                (error, destination, identifier),
            )

    def open_file(self, destination: str) -> OpenFile | None:
        """Returns the file that an earlier export to the folder did not finish."""
        for name, is_complete in self._rows(
            "select file, is_complete from open_files where destination = ?", destination
        ):
            return OpenFile(name, bool(is_complete))
        return None

    def complete_file(self, destination: str) -> None:
        """Records that the open file is whole under its temporary name, and now gets its own."""
        with self._step():
            self._connection.execute(
                "update open_files set is_complete = 1 where destination = ?", (destination,)
            )

    def close_file(self, destination: str, error: str | None = None) -> None:
        """Records that the open file has arrived; error: that it has not, and why."""
        with self._step():
            of_file = (
                " where destination = :destination and delivered_at is null"
                " and file = (select file from open_files where destination = :destination)"
            )
            values = {"destination": destination, "now": _now(), "error": error}
            change = "delivered_at = :now, last_error = null"
            if error is not None:
                change = "file = null, last_error = :error"
            self._connection.execute(f"update deliveries set {change}{of_file}", values)
            self._connection.execute(
                "delete from open_files where destination = :destination", values
            )

    def _rows(self, query: str, *values: str) -> list[Any]:
        return self._connection.execute(query, values).fetchall()

    @contextlib.contextmanager
    def _step(self) -> Iterator[None]:
        self._connection.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._connection.execute("commit")


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
