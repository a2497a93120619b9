"""The command lead-scoring suggest: fits whole-number points to what really happened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.commands import options as given
from lead_scoring.commands.endings import check_empty, ending, print_json
from lead_scoring.commands.instants import instant
from lead_scoring.commands.variables import inputs_read_as
from lead_scoring.data.folder import InputError
from lead_scoring.private_files import copy_file, scratch_folder
from lead_scoring.rules.files import RulesError
from lead_scoring.runs.failures import RunFailed
from lead_scoring.suggest.fitting import MOST_SIGNALS
from lead_scoring.suggest.labels import TooFewOutcomes
from lead_scoring.suggest.report import print_suggestion, suggestion_values
from lead_scoring.suggest.sample import MOST_MOMENTS, At, Foretold, Question
from lead_scoring.suggest.suggestion import NothingToSuggest, Request, suggest
from lead_scoring.terminal import console

EXAMPLES = {
    "small_business --to suggested": "of the demo",
    "small_business --data my_folder --rules my_rules --to suggested": "of your own data",
}


def main(
    scorecard: Annotated[
        str, typer.Argument(help="The scorecard whose leads are looked at; it stays as it is.")
    ],
    to: given.NewFolder,
    data: given.Data = None,
    source: given.Source = None,
    input_time_zone: given.InputTimeZone = None,
    date_order: given.DayOrder = None,
    rules: given.Rules = None,
    as_of: given.AsOf = None,
    database: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="New DuckDB file that keeps the scored moments."),
    ] = None,
    challenger: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Name of the new scorecard.", show_default="SCORECARD_suggested"
        ),
    ] = None,
    foretell: Annotated[
        Foretold, typer.Option(help="The outcome that points are fitted to.")
    ] = Foretold.won,
    horizon_days: given.HorizonDays = 90,
    at: Annotated[
        At, typer.Option(help="Look at a lead once, or weekly until its case is closed.")
    ] = At.creation,
    days: given.FirstLook = 7,
    without: given.Without = None,
    most_signals: Annotated[
        int,
        typer.Option(metavar="N", min=1, max=MOST_SIGNALS, help="Signals of the card at most."),
    ] = MOST_SIGNALS,
    most_moments: Annotated[
        int,
        typer.Option(metavar="N", min=10_000, help="Learn from so many instants of leads at most."),
    ] = MOST_MOMENTS,
    threads: given.Threads = None,
    as_json: given.AsJson = False,
) -> None:
    """Leads are looked at as they were then, and the points are tried on leads that they were not
    fitted to. The new scorecard is a challenger: it scores, and decides nothing.
    """
    failures = (RunFailed, RulesError, InputError, TooFewOutcomes, NothingToSuggest, OSError)
    read = inputs_read_as(source, input_time_zone, date_order)
    with ending(dict.fromkeys(failures, 1)), read:
        now = instant(as_of, data)
        check_empty(to)
        if database is not None and database.exists():
            raise RunFailed(f"{database} is there already. Name a new file with --database.")
        to.mkdir(parents=True, exist_ok=True)
        request = Request(
            base=scorecard.strip().lower(),
            challenger=(challenger or f"{scorecard}_suggested").strip().lower(),
            data=data,
            rules=rules,
            question=Question(now, at, days, foretell, horizon_days, most_moments),
            most_signals=most_signals,
            without=frozenset(name.strip().lower() for name in without or []),
            threads=threads,
            echo=True,
        )
        with _scratch_folder(database) as folder:
            suggestion = suggest(request, folder, to)
    if as_json:
        print_json(suggestion_values(suggestion, request, to))
    else:
        print_suggestion(suggestion, request, to, console())


@contextmanager
def _scratch_folder(database: Path | None) -> Iterator[Path]:
    with scratch_folder("suggest") as folder:
        yield folder
        if database is not None:
            database.parent.mkdir(parents=True, exist_ok=True)
            copy_file(folder / "lead_scoring.duckdb", database)
