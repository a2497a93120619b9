"""The command lead-scoring export handoffs: delivers hand-offs to a folder or a webhook."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Annotated

import typer

from lead_scoring.commands import exporting as common
from lead_scoring.commands import options as given
from lead_scoring.commands.endings import ending
from lead_scoring.databases import DatabaseError
from lead_scoring.delivery.delivery_log import DeliveryLog, LogError, log_file
from lead_scoring.delivery.destination import (
    MAIL,
    Destination,
    DestinationError,
    Notices,
    read_destination,
    read_notices,
)
from lead_scoring.delivery.export import Choice, unsent
from lead_scoring.delivery.folder import FolderError
from lead_scoring.delivery.handoffs import HANDOFFS, HANDOFFS_WITH_LIKELIHOOD
from lead_scoring.delivery.printing import print_payloads, print_plan, print_status
from lead_scoring.delivery.receivers import NOTICE_ADDRESSES
from lead_scoring.delivery.sending import Patience
from lead_scoring.project import DATABASE
from lead_scoring.terminal import console
from lead_scoring.times import read_time

ENDS = common.ENDS
EXAMPLES = {
    "--to https://crm.example/handoffs": "each to a webhook",
    "--to outbox": "as a CSV file in a folder",
    "--to slack --link https://crm.example/leads/{lead_id}": "a message per queue and run",
    "--to outbox --dry-run": "what would be sent",
}


def main(
    to: Annotated[
        str | None,
        typer.Option(
            metavar="DIR|URL|slack|teams|mailto:...",
            help="Folder for CSV files, webhook, or people.",
        ),
    ] = None,
    database: given.Database = DATABASE,
    dry_run: common.DryRun = False,
    status: common.Status = False,
    with_likelihood: common.Likelihood = False,
    limit: common.Limit = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Leave out what was handed off before this time."),
    ] = None,
    link: Annotated[
        str | None,
        typer.Option(metavar="URL", help="For people, to a lead: with {lead_id} in it."),
    ] = None,
    sender: Annotated[
        str | None, typer.Option("--from", metavar="ADDRESS", help="Sender of e-mails.")
    ] = None,
    name: common.Name = None,
    attempts: common.Attempts = Patience.attempts,
    timeout: common.Timeout = Patience.timeout,
    backoff: common.Backoff = Patience.backoff,
    max_wait: common.MaxWait = Patience.max_wait,
    wait: common.Wait = 60,
    allow_http: common.AllowHttp = False,
) -> None:
    """Each hand-off goes to a destination once; the delivery log lies beside the database.

    In the environment: LEAD_SCORING_WEBHOOK_TOKEN, sent as bearer token; LEAD_SCORING_SLACK_URL,
    LEAD_SCORING_TEAMS_URL, LEAD_SCORING_SMTP_URL: where people are told.
    """
    content = HANDOFFS_WITH_LIKELIHOOD if with_likelihood else HANDOFFS
    with ending({DatabaseError: 1, LogError: 1, FolderError: 1}):
        if status:
            print_status(console(), content, database)
            return
        destination = _destination(to, name, link, sender, allow_http)
        choice = Choice(_since(since), limit)
        if dry_run:
            with DeliveryLog(log_file(database), is_kept=False) as log:
                found = unsent(database, log, content, destination, choice)
            if isinstance(destination, Notices):
                print_payloads(console(is_error=True), content, destination, *found)
            else:
                print_plan(console(), destination, *found)
            return
        patience = Patience(timeout, attempts, backoff, max_wait)
        common.deliver(database, content, destination, choice, patience, wait)


def _destination(
    to: str | None, name: str | None, link: str | None, sender: str | None, allow_http: bool
) -> Destination:
    if not to:
        raise typer.BadParameter("Say where to: a folder, the address of a webhook, or people.")
    tool = "mail" if to.startswith(MAIL) else to
    try:
        if tool in NOTICE_ADDRESSES:
            address = os.environ.get(NOTICE_ADDRESSES[tool])
            if not address:
                raise DestinationError(f"{NOTICE_ADDRESSES[tool]} is to hold an address.")
            return read_notices(to, address, name, sender=sender, link=link, allow_http=allow_http)
        return read_destination(to, name, allow_http=allow_http)
    except DestinationError as error:
        raise typer.BadParameter(str(error)) from None


def _since(text: str | None) -> datetime | None:
    try:
        return read_time(text) if text is not None else None
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
