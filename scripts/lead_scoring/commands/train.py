"""The command lead-scoring train: fits a likelihood to what really happened, as rows."""

from __future__ import annotations

from typing import Annotated

import typer

from lead_scoring.commands import options as given
from lead_scoring.commands.endings import check_empty, ending, print_json
from lead_scoring.commands.instants import instant
from lead_scoring.commands.variables import inputs_read_as
from lead_scoring.data.folder import InputError
from lead_scoring.prediction.card_files import write_card
from lead_scoring.prediction.report import print_training, training_values
from lead_scoring.prediction.training import Request, train
from lead_scoring.private_files import scratch_folder
from lead_scoring.rules.files import RulesError
from lead_scoring.runs.failures import RunFailed
from lead_scoring.suggest.labels import TooFewOutcomes
from lead_scoring.suggest.sample import At, Foretold, Question
from lead_scoring.suggest.suggestion import NothingToSuggest
from lead_scoring.terminal import console

MOST_MOMENTS = 30_000
EXAMPLES = {
    "small_business --to trained": "of the demo",
    "small_business --data my_folder --rules my_rules --to trained": "of your own data",
}


def main(
    scorecard: Annotated[str, typer.Argument(help="The live scorecard whose leads it is for.")],
    to: given.NewFolder,
    data: given.Data = None,
    source: given.Source = None,
    input_time_zone: given.InputTimeZone = None,
    date_order: given.DayOrder = None,
    rules: given.Rules = None,
    as_of: given.AsOf = None,
    name: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Of the likelihood; an old one of it is replaced.",
            show_default="SCORECARD_FORETOLD",
        ),
    ] = None,
    foretell: Annotated[Foretold, typer.Option(help="What is to be foretold.")] = Foretold.won,
    horizon_days: given.HorizonDays = 90,
    at: Annotated[
        At, typer.Option(help="Look at a lead once, or weekly until its case is closed.")
    ] = At.weekly,
    days: given.FirstLook = 1,
    without: given.Without = None,
    slices: Annotated[
        list[str] | None,
        typer.Option(
            "--slice", metavar="COLUMN", help="Judge its values by themselves too; repeatable."
        ),
    ] = None,
    most_moments: Annotated[
        int,
        typer.Option(metavar="N", min=1_000, help="Learn from so many instants of leads at most."),
    ] = MOST_MOMENTS,
    threads: given.Threads = None,
    as_json: given.AsJson = False,
) -> None:
    """Writes rule tables with the likelihood as a challenger, and its card in DIR/cards. It is
    live once it is approved, by the command approve.
    """
    failures = (RunFailed, RulesError, InputError, TooFewOutcomes, NothingToSuggest, OSError)
    read = inputs_read_as(source, input_time_zone, date_order)
    with ending(dict.fromkeys(failures, 1)), read:
        now = instant(as_of, data)
        check_empty(to)
        request = Request(
            scorecard=scorecard.strip().lower(),
            prediction=(name or f"{scorecard}_{foretell.value}").strip().lower(),
            data=data,
            rules=rules,
            question=Question(now, at, days, foretell, horizon_days, most_moments),
            without=frozenset(one.strip().lower() for one in without or []),
            slices=tuple(one.strip().lower() for one in slices or []),
            threads=threads,
            echo=True,
        )
        with scratch_folder("train") as folder:
            training = train(request, folder, to)
        card = write_card(training, request, to)
    if as_json:
        print_json(training_values(training, request, to))
    else:
        print_training(training, request, to, card, console())
