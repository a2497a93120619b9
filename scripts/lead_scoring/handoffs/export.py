"""Sends to one destination what it does not have yet."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from lead_scoring.handoffs import folder
from lead_scoring.handoffs.delivery_log import DeliveryLog, LogError, lock, log_file
from lead_scoring.handoffs.destination import Destination, Folder, Webhook
from lead_scoring.handoffs.rows import Handoff, handoff_id, read_handoffs
from lead_scoring.handoffs.webhook import NotDelivered, Patience, Sender
from lead_scoring.tables import open_database

GIVE_UP_AFTER = 5  # hand-offs in a row that fail: the receiver is down, or does not know us


@dataclass(frozen=True)
class Choice:
    """Which hand-offs an export takes."""

    since: datetime | None = None  # leave out what was handed off before
    limit: int | None = None  # at most so many


@dataclass
class Outcome:
    """What became of the hand-offs of one export."""

    sent: int = 0
    failures: dict[str, str] = field(default_factory=dict)  # hand-off id -> kind of error
    not_tried: int = 0  # after too many failures in a row
    left: int = 0  # over the limit
    file: Path | None = None


def unsent(
    database: Path, log: DeliveryLog, destination: Destination, choice: Choice
) -> tuple[list[Handoff], int]:
    """Returns the hand-offs that an export would send now, in order, and how many the limit cuts.

    Those that failed least often come first: one that is always refused never blocks the others.
    Raises DatabaseError.
    """
    found = read_handoffs(database, except_ids=log.delivered(destination.name), since=choice.since)
    attempts = log.attempts(destination.name)
    found.sort(key=lambda handoff: attempts.get(handoff_id(handoff), 0))
    taken = found[: choice.limit]
    return taken, len(found) - len(taken)


def export(
    database: Path,
    destination: Destination,
    *,
    choice: Choice = Choice(),
    patience: Patience = Patience(),
    token: str | None = None,
    wait_for_others: float = 60,
    tell: Callable[[str], None] = print,
) -> Outcome:
    """Sends the unsent hand-offs of a database to a destination and records each step.

    token: bearer token for a webhook. wait_for_others: seconds to wait for another export to end.
    tell: takes a sentence on what is waited for.
    Raises DatabaseError, LogError and FolderError where nothing can be sent.
    """
    open_database(database).close()  # no log beside a database that is not there
    file = log_file(database)
    try:
        with lock(file, wait_for_others, tell), DeliveryLog(file) as log:
            if isinstance(destination, Folder):
                folder.prepare(destination, log)
                folder.settle(destination, log)
            handoffs, left = unsent(database, log, destination, choice)
            outcome = Outcome(left=left)
            if isinstance(destination, Webhook):
                with Sender(destination, log, patience, token) as sender:
                    _send(sender, handoffs, outcome)
            elif handoffs:
                outcome.file = folder.deliver(destination, log, handoffs)
                outcome.sent = len(handoffs)
            return outcome
    except sqlite3.Error as error:
        raise LogError(f"{file} cannot be written, so nothing more is sent: {error}.") from None


def _send(sender: Sender, handoffs: Sequence[Handoff], outcome: Outcome) -> None:
    in_a_row = 0
    screen = Console(stderr=True)
    with Progress(console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task("Sending", total=len(handoffs))
        for place, handoff in enumerate(handoffs):
            if in_a_row == GIVE_UP_AFTER:
                outcome.not_tried = len(handoffs) - place
                return
            try:
                sender.deliver(handoff)
            except NotDelivered as failure:
                outcome.failures[handoff_id(handoff)] = failure.kind
                in_a_row += 1
            else:
                outcome.sent += 1
                in_a_row = 0
            progress.advance(task)
