"""The command ./scripts/export_handoffs: delivers hand-offs to a folder or a webhook."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from lead_scoring.handoffs.delivery_log import DeliveryLog, LogError, log_file
from lead_scoring.handoffs.destination import (
    Destination,
    DestinationError,
    Folder,
    read_destination,
)
from lead_scoring.handoffs.export import Choice, Outcome, export, unsent
from lead_scoring.handoffs.folder import FolderError
from lead_scoring.handoffs.rows import Handoff, handoff_id, read_handoffs
from lead_scoring.handoffs.webhook import Patience, is_token
from lead_scoring.tables import DatabaseError, console, heading, shown, table
from lead_scoring.times import read_time

DATABASE = Path(__file__).resolve().parents[2] / "build" / "lead_scoring.duckdb"
TOKEN = "LEAD_SCORING_WEBHOOK_TOKEN"
SHOWN_ROWS = 20

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    to: Annotated[
        str | None,
        typer.Option(metavar="DIR|URL", help="Folder for a CSV file, or address of a webhook."),
    ] = None,
    database: Annotated[
        Path,
        typer.Option(
            help="DuckDB file that ./scripts/score wrote; the delivery log lies beside it.",
            envvar="LEAD_SCORING_DATABASE",
            show_default="build/lead_scoring.duckdb",
        ),
    ] = DATABASE,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be sent, and send nothing.")
    ] = False,
    status: Annotated[
        bool, typer.Option("--status", help="Show what each destination has, and send nothing.")
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="Send at most so many.")] = None,
    since: Annotated[
        str | None, typer.Option(help="Leave out what was handed off before this time.")
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(help="What the log calls the destination, instead of its address or path."),
    ] = None,
    attempts: Annotated[
        int, typer.Option(min=1, help="Attempts per hand-off, where trying again may help.")
    ] = Patience.attempts,
    timeout: Annotated[
        float, typer.Option(min=0.01, help="Seconds to wait for the receiver, per attempt.")
    ] = Patience.timeout,
    backoff: Annotated[
        float, typer.Option(min=0, help="Seconds before the second attempt; then doubled.")
    ] = Patience.backoff,
    max_wait: Annotated[
        float, typer.Option(min=0, help="Most seconds between two attempts.")
    ] = Patience.max_wait,
    wait: Annotated[
        float, typer.Option(min=0, help="Seconds to wait for another export to end.")
    ] = 60,
    allow_http: Annotated[
        bool, typer.Option("--allow-http", help="Allow http:// to other machines.")
    ] = False,
) -> None:
    """Sends the hand-offs that a folder or webhook does not have yet.

    LEAD_SCORING_WEBHOOK_TOKEN in the environment is sent as bearer token. Ends with 0 where all is
    sent, 1 where something is not, 2 where it was called wrongly.
    """
    screen, complaints = console(), console(is_error=True)
    try:
        if status:
            print_status(screen, database)
            return
        destination = _destination(to, name, allow_http)
        choice = Choice(_since(since), limit)
        if dry_run:
            with DeliveryLog(log_file(database), is_kept=False) as log:
                print_plan(screen, destination, *unsent(database, log, destination, choice))
            return
        outcome = export(
            database,
            destination,
            choice=choice,
            patience=Patience(timeout, attempts, backoff, max_wait),
            token=None if isinstance(destination, Folder) else _token(),
            wait_for_others=wait,
            tell=lambda words: complaints.print(words, soft_wrap=True),
        )
    except (DatabaseError, LogError, FolderError) as error:
        complaints.print(str(error), soft_wrap=True)
        raise typer.Exit(1) from None
    print_outcome(screen, complaints, destination, outcome)
    if outcome.failures:
        raise typer.Exit(1)


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


def _destination(to: str | None, name: str | None, allow_http: bool) -> Destination:
    if not to:
        raise typer.BadParameter("Say where to: a folder, or the address of a webhook.")
    try:
        return read_destination(to, name, allow_http=allow_http)
    except DestinationError as error:
        raise typer.BadParameter(str(error)) from None


def _since(text: str | None) -> datetime | None:
    try:
        return read_time(text) if text is not None else None
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _token() -> str | None:
    token = os.environ.get(TOKEN) or None
    if token is not None and not is_token(token):
        raise typer.BadParameter(f"{TOKEN} holds blanks or signs that no token has.")
    return token


if __name__ == "__main__":
    app(prog_name="./scripts/export_handoffs")
