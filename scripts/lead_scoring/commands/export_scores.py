"""The command lead-scoring export scores: keeps the scores in a CRM as the record says them."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from lead_scoring.commands import exporting as common
from lead_scoring.commands import options as given
from lead_scoring.commands.endings import ending
from lead_scoring.databases import DatabaseError
from lead_scoring.delivery import hubspot, salesforce
from lead_scoring.delivery.contents import Content
from lead_scoring.delivery.crm_properties import PREFIX, properties_of
from lead_scoring.delivery.delivery_log import Channel, DeliveryLog, LogError, log_file
from lead_scoring.delivery.destination import (
    CRMS,
    Crm,
    Destination,
    DestinationError,
    read_crm,
    read_destination,
)
from lead_scoring.delivery.export import Choice, TooManyCleared, unsent
from lead_scoring.delivery.folder import FolderError
from lead_scoring.delivery.printing import print_payloads, print_status
from lead_scoring.delivery.scores import SCORES, SCORES_WITH_LIKELIHOOD
from lead_scoring.delivery.sending import Patience
from lead_scoring.project import DATABASE
from lead_scoring.terminal import console

ENDS = common.ENDS
EXAMPLES = {
    "--to hubspot --print-definitions": "the properties to create first",
    "--to hubspot --dry-run --limit 3": "what would be sent",
    "--to hubspot": "what has changed",
    "--to salesforce --address https://acme.my.salesforce.com": "likewise",
}


def main(
    to: Annotated[
        str | None,
        typer.Option(
            metavar="hubspot|salesforce|DIR|URL", help="CRM, folder for CSV files, or webhook."
        ),
    ] = None,
    database: given.Database = DATABASE,
    address: Annotated[
        str | None, typer.Option(metavar="URL", help="Of the CRM; Salesforce needs it.")
    ] = None,
    id_property: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Of the CRM, holds our lead ids.",
            show_default="lead_id, lead_id__c",
        ),
    ] = None,
    prefix: Annotated[str, typer.Option(help="Of the names of the other properties.")] = PREFIX,
    print_definitions: Annotated[
        bool, typer.Option("--print-definitions", help="Print the properties to create first.")
    ] = False,
    dry_run: common.DryRun = False,
    status: common.Status = False,
    with_likelihood: common.Likelihood = False,
    limit: common.Limit = None,
    clear_many: Annotated[
        bool, typer.Option("--clear-many", help="Clear more than half of what is there.")
    ] = False,
    name: common.Name = None,
    attempts: common.Attempts = Patience.attempts,
    timeout: common.Timeout = Patience.timeout,
    backoff: common.Backoff = Patience.backoff,
    max_wait: common.MaxWait = Patience.max_wait,
    wait: common.Wait = 60,
    allow_http: common.AllowHttp = False,
) -> None:
    """Sends each lead whose score is another than the destination has; gone ones are cleared.

    Access tokens stand in the environment: LEAD_SCORING_HUBSPOT_TOKEN,
    LEAD_SCORING_SALESFORCE_TOKEN, LEAD_SCORING_WEBHOOK_TOKEN.
    """
    content = SCORES_WITH_LIKELIHOOD if with_likelihood else SCORES
    with ending({DatabaseError: 1, LogError: 1, FolderError: 1, TooManyCleared: 1}):
        if status:
            print_status(console(), content, database)
            return
        destination = _destination(to, name, address, id_property, prefix, allow_http)
        if print_definitions:
            _print_definitions(destination, content)
            return
        choice = Choice(limit=limit, may_clear_many=clear_many)
        if dry_run:
            with DeliveryLog(log_file(database), is_kept=False) as log:
                items, left = unsent(database, log, content, destination, choice)
                items = log.with_keys(Channel(content.name, destination.name), items)
            print_payloads(console(is_error=True), content, destination, items, left)
            return
        patience = Patience(timeout, attempts, backoff, max_wait)
        common.deliver(database, content, destination, choice, patience, wait)


def _destination(
    to: str | None,
    name: str | None,
    address: str | None,
    id_property: str | None,
    prefix: str,
    allow_http: bool,
) -> Destination:
    if not to:
        raise typer.BadParameter(f"Say where to: {', '.join(CRMS)}, a folder, or a webhook.")
    try:
        if to not in CRMS:
            return read_destination(to, name, allow_http=allow_http)
        return read_crm(
            to,
            name,
            address=address,
            id_property=id_property,
            prefix=prefix,
            allow_http=allow_http,
        )
    except DestinationError as error:
        raise typer.BadParameter(str(error)) from None


def _print_definitions(destination: Destination, content: Content) -> None:
    if not isinstance(destination, Crm):
        raise typer.BadParameter("Only a CRM has properties to create.")
    given = (destination.id_property, destination.prefix, properties_of(content.columns))
    if destination.tool == "salesforce":
        sys.stdout.write(salesforce.definitions(*given))
    else:
        sys.stdout.write(f"{json.dumps(hubspot.definitions(*given), indent=2)}\n")
