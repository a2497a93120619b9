"""Prints what an export would send, has sent, or what each destination has."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from lead_scoring.handoffs.delivery_log import DeliveryLog, log_file
from lead_scoring.handoffs.destination import Destination
from lead_scoring.handoffs.export import Outcome
from lead_scoring.handoffs.rows import Handoff, handoff_id, read_handoffs
from lead_scoring.tables import heading, shown, table

SHOWN_ROWS = 20


def print_plan(
    screen: Console, destination: Destination, handoffs: Sequence[Handoff], left: int
) -> None:
    """Prints the hand-offs that an export would send."""
    grid = table(["handed off at", "lead", "stage", "episode", "queue", "hand-off"], ["episode"])
    for handoff in handoffs[:SHOWN_ROWS]:
        grid.add_row(
            *(shown(handoff[column]) for column in ("handed_off_at", "lead_id", "stage")),
            *(shown(handoff[column]) for column in ("episode", "queue", "handoff_id")),
        )
    if handoffs:
        screen.print(grid)
    if len(handoffs) > SHOWN_ROWS:
        screen.print(f"... and {len(handoffs) - SHOWN_ROWS:,} more")
    screen.print(
        f"{len(handoffs):,} hand-offs would go to {shown(destination.name)}"
        f"{f', and {left:,} more without --limit' if left else ''}. Nothing is sent.",
        soft_wrap=True,
    )


def print_outcome(
    screen: Console, complaints: Console, destination: Destination, outcome: Outcome
) -> None:
    """Prints what was sent, and by kind what was not."""
    where = shown(outcome.file or destination.name)
    screen.print(f"{outcome.sent:,} hand-offs sent to {where}.", soft_wrap=True)
    if outcome.left:
        screen.print(f"{outcome.left:,} more are unsent: over the limit.")
    if not outcome.failures:
        return
    grid = table(["hand-off", "not delivered because of"])
    for identifier, kind in list(outcome.failures.items())[:SHOWN_ROWS]:
        grid.add_row(shown(identifier), shown(kind))
    complaints.print(grid)
    words = f"{len(outcome.failures):,} hand-offs failed"
    if outcome.not_tried:
        words += f", so many of them in a row that {outcome.not_tried:,} more were not tried"
    complaints.print(f"{words}. They stay unsent: run again.", soft_wrap=True)


def print_status(screen: Console, database: Path) -> None:
    """Prints per destination what it has, what waits, and what went wrong last."""
    file = log_file(database)
    with DeliveryLog(file, is_kept=False) as log:
        counts = log.counts()
        delivered = {count.destination: set(log.delivered(count.destination)) for count in counts}
    ids = {handoff_id(handoff) for handoff in read_handoffs(database)}
    numbers = ["delivered", "unsent", "tried", "attempts"]
    grid = table(["destination", *numbers, "last delivery", "last error"], numbers)
    for count in counts:
        grid.add_row(
            *(shown(count.destination), shown(count.delivered)),
            shown(len(ids - delivered[count.destination])),
            *(shown(count.tried), shown(count.attempts)),
            *(shown(count.last_delivered_at), shown(count.last_error)),
        )
    screen.print(heading(f"{len(ids):,} hand-offs in {shown(database)}"))
    if counts:
        screen.print(grid)
        screen.print("tried: at least once, and not delivered; gone ones included")
    else:
        screen.print("Nothing was sent anywhere yet.")
