"""The command lead-scoring promote: makes a challenger live, after showing what that changes."""

from __future__ import annotations

import shutil
from typing import Annotated

import typer

from lead_scoring.commands import options as given
from lead_scoring.commands.endings import check_empty, ending
from lead_scoring.commands.instants import instant
from lead_scoring.commands.variables import inputs_read_as
from lead_scoring.likelihoods import CARDS
from lead_scoring.preview.preview import OUTCOME_DAYS, preview
from lead_scoring.preview.scratch import Instants
from lead_scoring.preview.terminal import print_preview
from lead_scoring.private_files import scratch_folder
from lead_scoring.project import called
from lead_scoring.rules.files import SEEDS, RulesError
from lead_scoring.rules.promote import write_promoted
from lead_scoring.runs.failures import RunFailed
from lead_scoring.terminal import console

MOVERS = 10

EXAMPLES = {
    "small_business_suggested --rules suggested --to live_rules": "then: score --rules live_rules"
}


def main(
    challenger: Annotated[str, typer.Argument(help="The scorecard that is to be live.")],
    to: given.NewFolder,
    rules: given.Rules = None,
    in_place_of: Annotated[
        str | None,
        typer.Option(
            metavar="SCORECARD",
            help="The live scorecard whose place it takes.",
            show_default="that of its segment",
        ),
    ] = None,
    data: given.Data = None,
    source: given.Source = None,
    input_time_zone: given.InputTimeZone = None,
    date_order: given.DayOrder = None,
    as_of: given.AsOf = None,
    threads: given.Threads = None,
) -> None:
    """The change is shown as by preview, on the data; then the rule tables are written. What was
    live goes on as a challenger, so that the next review still compares the two.
    """
    read = inputs_read_as(source, input_time_zone, date_order)
    with ending({RunFailed: 1, RulesError: 1, OSError: 1}), read:
        check_empty(to)
        now = instant(as_of, data)
        with scratch_folder("promote") as scratch:
            folder = scratch / "rules"
            left = write_promoted(rules, challenger.strip().lower(), in_place_of, folder)
            comparison, _ = preview(
                data=data,
                rules=folder,
                base=str(rules or SEEDS),
                instants=Instants.of(now, OUTCOME_DAYS),
                threads=threads,
                echo=True,
            )
            print_preview(comparison, console(), MOVERS)
            shutil.copytree(folder, to, dirs_exist_ok=True)
            if rules is not None and (rules / CARDS).is_dir():
                shutil.copytree(rules / CARDS, to / CARDS)
    console().print(
        f"\nRule tables in which {challenger} is live, and {left} a challenger: {to}\n"
        f"From now on: {called('score')} --rules {to}",
        soft_wrap=True,
    )
