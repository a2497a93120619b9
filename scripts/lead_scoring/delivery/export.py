"""Sends to one destination what it does not have yet."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from lead_scoring.databases import open_database
from lead_scoring.delivery import folder
from lead_scoring.delivery.contents import Content, Item
from lead_scoring.delivery.delivery_log import Channel, DeliveryLog, LogError, lock, log_file
from lead_scoring.delivery.destination import Destination, Folder
from lead_scoring.delivery.receivers import receiver_of
from lead_scoring.delivery.sending import (
    GiveUp,
    NotDelivered,
    OneIsRefused,
    Patience,
    Receiver,
    Sender,
)

GIVE_UP_AFTER = 5  # batches in a row that fail: the receiver is down, or does not know us
FEW_CLEARED = 10  # leads that are cleared without asking


class TooManyCleared(RuntimeError):
    """So many leads would be cleared that it looks like a mistake. The message says what to do."""


@dataclass(frozen=True)
class Choice:
    """Which items an export takes."""

    since: datetime | None = None  # leave out what was so before
    limit: int | None = None  # at most so many
    may_clear_many: bool = False  # more than half of what the destination has


@dataclass
class Outcome:
    """What became of the items of one export."""

    sent: int = 0
    failures: dict[str, str] = field(default_factory=dict)  # item -> kind of error
    not_tried: int = 0  # after too many failures in a row
    left: int = 0  # over the limit
    file: Path | None = None


def unsent(
    database: Path,
    log: DeliveryLog,
    content: Content,
    destination: Destination,
    choice: Choice,
) -> tuple[list[Item], int]:
    """Returns the items that an export would send now, in order, and how many the limit cuts.

    Those that failed least often come first: one that is always refused never blocks the others.
    Raises DatabaseError and TooManyCleared.
    """
    channel = Channel(content.name, destination.name)
    known = log.known(channel)
    found = content.unsent(database, known, choice.since)
    cleared = sum(item.is_cleared for item in found)
    if not choice.may_clear_many and cleared > max(FEW_CLEARED, len(known) / 2):
        raise TooManyCleared(
            f"{cleared:,} of the {len(known):,} {content.many} that {destination.name} has would "
            "be cleared: is this the right database? If so, add --clear-many. Nothing is sent."
        )
    attempts = log.attempts(channel)
    found.sort(key=lambda item: attempts.get(item.id, 0))
    taken = found[: choice.limit]
    return taken, len(found) - len(taken)


def export(
    database: Path,
    content: Content,
    destination: Destination,
    *,
    choice: Choice = Choice(),
    patience: Patience = Patience(),
    token: str | None = None,
    wait_for_others: float = 60,
    tell: Callable[[str], None] = print,
) -> Outcome:
    """Sends the unsent items of a database to a destination and records each step.

    token: of the receiver. wait_for_others: seconds to wait for another export to end.
    tell: takes a sentence on what is waited for.
    Raises DatabaseError, LogError, FolderError and TooManyCleared where nothing can be sent.
    """
    open_database(database).close()  # no log beside a database that is not there
    file = log_file(database)
    try:
        with lock(file, wait_for_others, tell), DeliveryLog(file) as log:
            if isinstance(destination, Folder):
                folder.prepare(destination, log, content)
                folder.settle(destination, log, content)
            items, left = unsent(database, log, content, destination, choice)
            outcome = Outcome(left=left)
            if not isinstance(destination, Folder):
                receiver = receiver_of(content, destination, token, patience.timeout)
                with contextlib.closing(receiver):
                    channel = Channel(content.name, destination.name)
                    _send(receiver, Sender(receiver, channel, log, patience), items, outcome)
            elif items:
                outcome.file = folder.deliver(destination, log, content, items)
                outcome.sent = len(items)
            return outcome
    except sqlite3.Error as error:
        raise LogError(f"{file} cannot be written, so nothing more is sent: {error}.") from None


def _send(receiver: Receiver, sender: Sender, items: Sequence[Item], outcome: Outcome) -> None:
    in_a_row = 0
    screen = Console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task("Sending", total=len(items))
        for batch, errors in _deliveries(sender, receiver.batches(items)):
            taken = len(batch) - len(errors)
            outcome.sent += taken
            outcome.failures |= errors
            in_a_row = 0 if taken else in_a_row + 1
            progress.advance(task, len(batch))
            if in_a_row == GIVE_UP_AFTER:
                break
    outcome.not_tried = len(items) - outcome.sent - len(outcome.failures)


def _deliveries(
    sender: Sender, batches: Iterable[Sequence[Item]]
) -> Iterable[tuple[Sequence[Item], dict[str, str]]]:
    """Sends batches, and yields each with what of it was not taken: item -> kind of error.

    A batch that is refused for something in it is sent again in halves, down to the culprits.
    """
    waiting = list(batches)[::-1]
    while waiting:
        batch = waiting.pop()
        try:
            errors = dict(sender.deliver(batch))
        except OneIsRefused as refusal:
            if len(batch) > 1:
                half = len(batch) // 2
                waiting += [batch[half:], batch[:half]]
                continue
            errors = {batch[0].id: refusal.kind}
        except NotDelivered as failure:
            errors = {item.id: failure.kind for item in batch}
            if isinstance(failure, GiveUp):
                waiting.clear()
        yield batch, errors
