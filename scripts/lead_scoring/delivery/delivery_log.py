"""The delivery log: an SQLite file beside the database, which a rebuild leaves alone.

Each step is one transaction, on disk before the next step begins. What is about to be done is
written first: an attempt that a kill cuts short is found again, with its key.
"""

from __future__ import annotations

import contextlib
import fcntl
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NamedTuple

from lead_scoring.delivery.contents import CLEARED, Item
from lead_scoring.private_files import private_files

VERSION = 2
_TABLES = """
create table deliveries (
    content text not null, destination text not null, item_id text not null,
    state text not null, key text not null, delivered_key text,
    attempts integer not null, first_attempt_at text not null, last_attempt_at text not null,
    delivered_at text, last_error text, file text,
    primary key (content, destination, item_id)
);
create table open_files (
    content text not null, destination text not null,
    file text not null, is_complete integer not null,
    primary key (content, destination)
);
"""
# Version 1 knew hand-offs alone.
_FROM_VERSION_1 = f"""
alter table deliveries rename to old_deliveries;
alter table open_files rename to old_open_files;
{_TABLES}
insert into deliveries
select
    'lead_handoffs', destination, handoff_id, handoff_id, handoff_id,
    case when delivered_at is not null then handoff_id end,
    attempts, first_attempt_at, last_attempt_at, delivered_at, last_error, file
from old_deliveries;
insert into open_files select 'lead_handoffs', destination, file, is_complete from old_open_files;
drop table old_deliveries;
drop table old_open_files;
"""


class LogError(RuntimeError):
    """The delivery log cannot be used. The message says why and what to do."""


class Channel(NamedTuple):
    """A content on its way to a destination."""

    content: str  # name
    destination: str  # name


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
    tried: int  # at least once, and not delivered as it was then
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
    """One row per item and destination: of hand-offs their ids, of scores the ids of leads.

    A row's state is what was tried last. It has arrived where `delivered_key` is the row's key. A
    context manager.
    """

    def __init__(self, file: Path, *, is_kept: bool = True) -> None:
        """Opens the log, and makes it where there is none; is_kept False: then in memory only.

        Raises LogError where the file is no delivery log of a version that is known.
        """
        self._file = file
        try:
            place = str(file) if is_kept or file.exists() else ":memory:"
            with private_files():  # ids of leads may be addresses
                self._connection = sqlite3.connect(place, isolation_level=None, timeout=30)
                self._connection.execute("pragma journal_mode = wal")
            self._connection.execute("pragma synchronous = full")
            self._connection.execute("pragma secure_delete = on")  # of a lead that is erased
            with self._step():
                (version,) = self._connection.execute("pragma user_version").fetchone()
                changes = {0: _TABLES, 1: _FROM_VERSION_1}.get(version, "")
                for statement in changes.split(";")[:-1]:
                    self._connection.execute(statement)
                if changes:
                    self._connection.execute(f"pragma user_version = {VERSION}")
        except sqlite3.Error as error:
            raise LogError(f"{file} cannot be used as delivery log: {error}.") from None
        if version > VERSION:
            raise LogError(f"{file} is a delivery log of another version ({version}).")

    def __enter__(self) -> DeliveryLog:
        """Returns itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes the file."""
        self._connection.close()

    def known(self, channel: Channel) -> dict[str, str | None]:
        """Returns the state in which the destination has each item; None: nobody knows."""
        return dict(
            self._rows(
                "select item_id, case when key = delivered_key then state end from deliveries"
                " where content = ? and destination = ?",
                *channel,
            )
        )

    def attempts(self, channel: Channel) -> dict[str, int]:
        """Returns how often each item that has not arrived has been tried."""
        return dict(
            self._rows(
                "select item_id, attempts from deliveries"
                " where content = ? and destination = ? and key is not delivered_key",
                *channel,
            )
        )

    def counts(self, content: str) -> list[Count]:
        """Returns what became of the items of a content, per destination."""
        return [
            Count(*row)
            for row in self._rows(
                "select destination, sum(key is delivered_key), sum(key is not delivered_key),"
                " sum(attempts), max(delivered_at),"
                " (select last_error from deliveries as failed"
                "  where failed.content = deliveries.content"
                "  and failed.destination = deliveries.destination"
                "  and last_error is not null and key is not delivered_key"
                "  order by last_attempt_at desc limit 1)"
                " from deliveries where content = ? group by destination order by destination",
                content,
            )
        ]

    def with_keys(self, channel: Channel, items: Sequence[Item]) -> list[Item]:
        """Returns items with their keys: the same one for each attempt to bring about a state.

        A state that comes back after another one has been tried gets a new key: the receiver would
        take the old one for a repetition.
        """
        found = []
        for item in items:
            key = item.key or uuid.uuid4().hex
            for tried_key, tried_state in self._rows(
                "select key, state from deliveries"
                " where content = ? and destination = ? and item_id = ?"
                " and key is not delivered_key",
                *channel,
                item.id,
            ):
                key = tried_key if tried_state == item.state else key
            found.append(replace(item, key=key))
        return found

    def begin(self, channel: Channel, items: Sequence[Item], file: str | None = None) -> None:
        """Records an attempt that is about to be made; file: the CSV file that holds the items."""
        now = _now()
        with self._step():
            self._connection.executemany(
                "insert into deliveries values"
                " (?, ?, ?, ?, ?, null, 1, ?, ?, null, 'interrupted', ?)"
                " on conflict (content, destination, item_id) do update set"
                " attempts = case when key is delivered_key then 1 else attempts + 1 end,"
                " state = excluded.state, key = excluded.key,"
                " last_attempt_at = excluded.last_attempt_at,"
                " last_error = excluded.last_error, file = excluded.file",
                [(*channel, item.id, item.state, item.key, now, now, file) for item in items],
            )
            if file is not None:
                self._connection.execute(
                    "insert into open_files values (?, ?, ?, 0)", (*channel, file)
                )

    def deliver(self, channel: Channel, ids: Iterable[str]) -> None:
        """Records that items have arrived."""
        now = _now()
        with self._step():
            self._connection.executemany(
                "update deliveries set delivered_key = key, delivered_at = ?, last_error = null"
                " where content = ? and destination = ? and item_id = ?",
                [(now, *channel, identifier) for identifier in ids],
            )
            self._forget_cleared(channel)

    def fail(self, channel: Channel, errors: Mapping[str, str]) -> None:
        """Records what has not arrived: item -> kind of error, in words without values."""
        with self._step():
            self._connection.executemany(
                "update deliveries set last_error = ?"
                " where content = ? and destination = ? and item_id = ?",
                [(error, *channel, identifier) for identifier, error in errors.items()],
            )

    def open_file(self, channel: Channel) -> OpenFile | None:
        """Returns the file that an earlier export to the folder did not finish."""
        for name, is_complete in self._rows(
            "select file, is_complete from open_files where content = ? and destination = ?",
            *channel,
        ):
            return OpenFile(name, bool(is_complete))
        return None

    def complete_file(self, channel: Channel) -> None:
        """Records that the open file is whole under its temporary name, and now gets its own."""
        with self._step():
            self._connection.execute(
                "update open_files set is_complete = 1 where content = ? and destination = ?",
                channel,
            )

    def close_file(self, channel: Channel, error: str | None = None) -> None:
        """Records that the open file has arrived; error: that it has not, and why."""
        with self._step():
            of_channel = " where content = :content and destination = :destination"
            values = {**channel._asdict(), "now": _now(), "error": error}
            change = "delivered_key = key, delivered_at = :now, last_error = null"
            if error is not None:
                change = "file = null, last_error = :error"
            self._connection.execute(
                f"update deliveries set {change}{of_channel} and key is not delivered_key"
                f" and file = (select file from open_files{of_channel})",
                values,
            )
            self._connection.execute(f"delete from open_files{of_channel}", values)
            self._forget_cleared(channel)

    def _forget_cleared(self, channel: Channel) -> None:
        """The destination has nothing of these any more, so the log need not know them either."""
        self._connection.execute(
            "delete from deliveries where content = ? and destination = ?"
            f" and state = '{CLEARED}' and key is delivered_key",
            channel,
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
