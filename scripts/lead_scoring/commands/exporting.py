"""What the commands that deliver something have in common."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.commands.endings import complain
from lead_scoring.delivery.contents import Content
from lead_scoring.delivery.destination import Crm, Destination, Webhook
from lead_scoring.delivery.export import Choice, export
from lead_scoring.delivery.http_calls import is_token
from lead_scoring.delivery.printing import print_outcome
from lead_scoring.delivery.receivers import CRM_TOKENS, WEBHOOK_TOKEN
from lead_scoring.delivery.sending import Patience
from lead_scoring.terminal import console

ENDS = {0: "all is sent", 1: "something is not", 2: "called wrongly"}

DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would be sent, and send nothing.")
]
Status = Annotated[
    bool, typer.Option("--status", help="Show what each destination has, and send nothing.")
]
Likelihood = Annotated[
    bool,
    typer.Option(
        "--with-likelihood", help="Add likelihood, its band and the expected amount, where live."
    ),
]
Limit = Annotated[int | None, typer.Option(metavar="N", min=1, help="Send at most so many.")]
Name = Annotated[
    str | None, typer.Option(help="What the log calls the destination.", show_default="its address")
]
Attempts = Annotated[
    int, typer.Option(metavar="N", min=1, help="Attempts per request, where trying again may help.")
]
Timeout = Annotated[
    float, typer.Option(metavar="SECONDS", min=0.01, help="To wait for the receiver, per attempt.")
]
Backoff = Annotated[
    float, typer.Option(metavar="SECONDS", min=0, help="Before the second attempt; then doubled.")
]
MaxWait = Annotated[
    float, typer.Option(metavar="SECONDS", min=0, help="Between two attempts, at most.")
]
Wait = Annotated[
    float, typer.Option(metavar="SECONDS", min=0, help="To wait for another export to end.")
]
AllowHttp = Annotated[bool, typer.Option("--allow-http", help="Allow http:// to other machines.")]


def deliver(
    database: Path,
    content: Content,
    destination: Destination,
    choice: Choice,
    patience: Patience,
    wait: float,
) -> None:
    """Exports, prints what became of it, and ends with 1 where something is not sent."""
    outcome = export(
        database,
        content,
        destination,
        choice=choice,
        patience=patience,
        token=_token(destination) if isinstance(destination, Webhook | Crm) else None,
        wait_for_others=wait,
        tell=complain,
    )
    print_outcome(console(), console(is_error=True), content, destination, outcome)
    if outcome.failures:
        raise typer.Exit(1)


def _token(destination: Webhook | Crm) -> str | None:
    variable = CRM_TOKENS[destination.tool] if isinstance(destination, Crm) else WEBHOOK_TOKEN
    token = os.environ.get(variable) or None
    if token is None and isinstance(destination, Crm):
        raise typer.BadParameter(f"{variable} is to hold an access token.")
    if token is not None and not is_token(token):
        raise typer.BadParameter(f"{variable} holds blanks or signs that no token has.")
    return token
