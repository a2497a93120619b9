"""The command lead-scoring export handoffs: delivers hand-offs to a folder or a webhook."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Annotated

import typer

from lead_scoring.commands import options as given
from lead_scoring.commands.endings import complain, ending
from lead_scoring.handoffs.delivery_log import DeliveryLog, LogError, log_file
from lead_scoring.handoffs.destination import (
    Destination,
    DestinationError,
    Folder,
    read_destination,
)
from lead_scoring.handoffs.export import Choice, export, unsent
from lead_scoring.handoffs.folder import FolderError
from lead_scoring.handoffs.printing import print_outcome, print_plan, print_status
from lead_scoring.handoffs.webhook import Patience, is_token
from lead_scoring.project import DATABASE
from lead_scoring.tables import DatabaseError, console
from lead_scoring.times import read_time

TOKEN = "LEAD_SCORING_WEBHOOK_TOKEN"

ENDS = {0: "all is sent", 1: "something is not", 2: "called wrongly"}
EXAMPLES = {
    "--to https://crm.example/handoffs": "each to a webhook",
    "--to outbox": "as a CSV file in a folder",
    "--to outbox --dry-run": "what would be sent",
}


def main(
    to: Annotated[
        str | None,
        typer.Option(metavar="DIR|URL", help="Folder for a CSV file, or address of a webhook."),
    ] = None,
    database: given.Database = DATABASE,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be sent, and send nothing.")
    ] = False,
    status: Annotated[
        bool, typer.Option("--status", help="Show what each destination has, and send nothing.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Send at most so many.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Leave out what was handed off before this time."),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(help="What the log calls the destination.", show_default="its address"),
    ] = None,
    attempts: Annotated[
        int,
        typer.Option(
            metavar="N", min=1, help="Attempts per hand-off, where trying again may help."
        ),
    ] = Patience.attempts,
    timeout: Annotated[
        float,
        typer.Option(metavar="SECONDS", min=0.01, help="To wait for the receiver, per attempt."),
    ] = Patience.timeout,
    backoff: Annotated[
        float,
        typer.Option(metavar="SECONDS", min=0, help="Before the second attempt; then doubled."),
    ] = Patience.backoff,
    max_wait: Annotated[
        float, typer.Option(metavar="SECONDS", min=0, help="Between two attempts, at most.")
    ] = Patience.max_wait,
    wait: Annotated[
        float, typer.Option(metavar="SECONDS", min=0, help="To wait for another export to end.")
    ] = 60,
    allow_http: Annotated[
        bool, typer.Option("--allow-http", help="Allow http:// to other machines.")
    ] = False,
) -> None:
    """Each hand-off goes to a destination once; the delivery log lies beside the database.

    LEAD_SCORING_WEBHOOK_TOKEN in the environment is sent as bearer token.
    """
    screen = console()
    with ending({DatabaseError: 1, LogError: 1, FolderError: 1}):
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
            tell=complain,
        )
    print_outcome(screen, console(is_error=True), destination, outcome)
    if outcome.failures:
        raise typer.Exit(1)


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
