"""The command lead-scoring approve: lets a likelihood go live, where its gate holds."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.commands.endings import complain, ending
from lead_scoring.commands.instants import instant
from lead_scoring.prediction.approval import Asked, approve, judge, withdraw
from lead_scoring.prediction.card_files import renew_card
from lead_scoring.prediction.gate import demands
from lead_scoring.project import called
from lead_scoring.rules.files import RulesError
from lead_scoring.runs.failures import RunFailed
from lead_scoring.terminal import console, heading

EXAMPLES = {
    'small_business_won --rules trained --by "Ada, sales" --for "whom to call first"': "live",
    "small_business_won --rules trained --withdraw": "a challenger again",
}


def main(
    prediction: Annotated[str, typer.Argument(help="The likelihood, as predictions names it.")],
    rules: Annotated[
        Path, typer.Option(metavar="DIR", file_okay=False, help="Folder with its rule tables.")
    ],
    by: Annotated[
        str, typer.Option(metavar="WHO", help="Who answers for it.", show_default=False)
    ] = "",
    purpose: Annotated[
        str, typer.Option("--for", metavar="WHAT", help="What it is used for.", show_default=False)
    ] = "",
    reason: Annotated[
        str,
        typer.Option(
            metavar="WHY",
            help="Why, though it ranks no better than the scorecard or a slice is off.",
            show_default=False,
        ),
    ] = "",
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="When it is approved.", show_default="now")
    ] = None,
    is_withdrawn: Annotated[
        bool, typer.Option("--withdraw", help="Make a challenger of it again.")
    ] = False,
) -> None:
    """Shows what the gate asks and what was found. Where all holds, the likelihood is live in
    these rule tables from now on, and the approval is a row of them.
    """
    name = prediction.strip().lower()
    with ending({RulesError: 1, RunFailed: 1, OSError: 1}):
        if is_withdrawn:
            before = withdraw(rules, name)
            console().print(f"{name} was {before}, and is a challenger: {rules}", soft_wrap=True)
            return
        if not by.strip() or not purpose.strip():
            raise RulesError("Say by --by who answers for it, and by --for what it is used for.")
        now = datetime.now(timezone.utc) if at is None else instant(at, None)
        asked = Asked(name, by.strip(), purpose.strip(), reason.strip(), now)
        judgement = judge(rules, asked)
        console().print(heading(f"The gate of {name}"))
        for one in demands(judgement.row, judgement.failures):
            console().print(f"  {'holds' if one.holds else 'FAILS'}  {one.name}: {one.found}")
        if judgement.failures:
            complain(
                f"{name} stays a challenger: {'; '.join(judgement.failures)}. Nothing was written."
            )
            raise typer.Exit(1)
        rivals = approve(rules, asked, judgement)
        card = renew_card(name, rules)
    said = f"\n{name} is live, approved by {asked.by} for {asked.purpose}: {rules}"
    if rivals:
        said += f"\n{', '.join(rivals)} goes on as a challenger."
    if card is not None:
        said += f"\nIts card: {card}"
    console().print(f"{said}\nFrom now on: {called('score')} --rules {rules}", soft_wrap=True)
