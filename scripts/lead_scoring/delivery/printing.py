"""Prints what an export would send, has sent, or what each destination has."""

from __future__ import annotations

import contextlib
import csv
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from lead_scoring.delivery.contents import Content, Item, as_cells
from lead_scoring.delivery.delivery_log import Channel, DeliveryLog, log_file
from lead_scoring.delivery.destination import Destination, Folder
from lead_scoring.delivery.export import Outcome
from lead_scoring.delivery.receivers import receiver_of
from lead_scoring.terminal import heading, shown, table

SHOWN_ROWS = 20


def print_plan(
    screen: Console, destination: Destination, handoffs: Sequence[Item], left: int
) -> None:
    """Prints the hand-offs that an export would send."""
    grid = table(["handed off at", "lead", "stage", "episode", "queue", "hand-off"], ["episode"])
    columns = ("handed_off_at", "lead_id", "stage", "episode", "queue", "handoff_id")
    for handoff in handoffs[:SHOWN_ROWS]:
        grid.add_row(*(shown(handoff.row[column]) for column in columns))
    if handoffs:
        screen.print(grid)
    if len(handoffs) > SHOWN_ROWS:
        screen.print(f"... and {len(handoffs) - SHOWN_ROWS:,} more")
    _print_nothing_sent(screen, "hand-offs", destination, len(handoffs), left)


def print_payloads(
    screen: Console, content: Content, destination: Destination, items: Sequence[Item], left: int
) -> None:
    """Prints what an export would send, as it would send it."""
    if isinstance(destination, Folder):
        writer = csv.writer(sys.stdout)
        writer.writerow(content.columns)
        writer.writerows(as_cells(item) for item in items)
    else:
        with contextlib.closing(receiver_of(content, destination, None, 1)) as receiver:
            for batch in receiver.batches(items):
                sys.stdout.write(f"{receiver.payload(batch)}\n")
    sys.stdout.flush()  # before the sentence on the standard error
    _print_nothing_sent(screen, content.many, destination, len(items), left)


def _print_nothing_sent(
    screen: Console, many: str, destination: Destination, taken: int, left: int
) -> None:
    screen.print(
        f"{taken:,} {many} would go to {shown(destination.name)}"
        f"{f', and {left:,} more without --limit' if left else ''}. Nothing is sent.",
        soft_wrap=True,
    )


def print_outcome(
    screen: Console,
    complaints: Console,
    content: Content,
    destination: Destination,
    outcome: Outcome,
) -> None:
    """Prints what was sent, and by kind what was not."""
    where = shown(outcome.file or destination.name)
    screen.print(f"{outcome.sent:,} {content.many} sent to {where}.", soft_wrap=True)
    if outcome.left:
        screen.print(f"{outcome.left:,} more are unsent: over the limit.")
    if not outcome.failures:
        return
    grid = table([content.one, "not delivered because of"])
    for identifier, kind in list(outcome.failures.items())[:SHOWN_ROWS]:
        grid.add_row(shown(identifier), shown(kind))
    complaints.print(grid)
    if len(outcome.failures) > SHOWN_ROWS:
        complaints.print(f"... and {len(outcome.failures) - SHOWN_ROWS:,} more")
    words = f"{len(outcome.failures):,} {content.many} failed"
    if outcome.not_tried:
        words += f", and {outcome.not_tried:,} more were not tried, as nothing is taken now"
    complaints.print(f"{words}. They stay unsent: run again.", soft_wrap=True)


def print_status(screen: Console, content: Content, database: Path) -> None:
    """Prints per destination what it has, what waits, and what went wrong last."""
    file = log_file(database)
    with DeliveryLog(file, is_kept=False) as log:
        counts = log.counts(content.name)
        known = {
            count.destination: log.known(Channel(content.name, count.destination))
            for count in counts
        }
    everything = content.unsent(database, {}, None)
    numbers = ["delivered", "unsent", "tried", "attempts"]
    grid = table(["destination", *numbers, "last delivery", "last error"], numbers)
    for count in counts:
        unsent = content.unsent(database, known[count.destination], None)
        grid.add_row(
            *(shown(count.destination), shown(count.delivered), shown(len(unsent))),
            *(shown(count.tried), shown(count.attempts)),
            *(shown(count.last_delivered_at), shown(count.last_error)),
        )
    screen.print(heading(f"{len(everything):,} {content.many} in {shown(database)}"))
    if counts:
        screen.print(grid)
        screen.print("tried: at least once, and not delivered; gone ones included")
    else:
        screen.print("Nothing was sent anywhere yet.")
