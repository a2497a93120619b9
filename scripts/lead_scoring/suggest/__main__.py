"""The command ./scripts/suggest_points: fits whole-number points to what really happened."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.demo.files import AS_OF
from lead_scoring.input_files import InputError
from lead_scoring.rule_files import RulesError
from lead_scoring.runner import RunFailed
from lead_scoring.suggest.fitting import MOST_SIGNALS
from lead_scoring.suggest.labels import TooFewOutcomes
from lead_scoring.suggest.report import print_suggestion
from lead_scoring.suggest.sample import MOST_MOMENTS, At, Foretold, Question
from lead_scoring.suggest.suggestion import NothingToSuggest, Request, suggest
from lead_scoring.tables import console
from lead_scoring.times import read_time

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    scorecard: Annotated[
        str, typer.Argument(help="The scorecard whose leads are looked at; it stays as it is.")
    ],
    to: Annotated[
        Path,
        typer.Option(
            metavar="DIR", file_okay=False, help="Empty folder to write the rule tables to."
        ),
    ],
    data: Annotated[
        Path | None,
        typer.Option(
            help="Folder with leads, events, outcomes and, if any, lead_merges. "
            "Without it: the demo.",
            envvar="LEAD_SCORING_DATA",
        ),
    ] = None,
    rules: Annotated[
        Path | None,
        typer.Option(
            help="Folder with the rule tables that stand. Tables that are absent are those of "
            "seeds/.",
            show_default="seeds/",
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="Use only what was known at this instant, outcomes too. Without it: now; the "
            "demo has an instant of its own.",
        ),
    ] = None,
    database: Annotated[
        Path | None,
        typer.Option(
            help="New DuckDB file that keeps the scored moments.", show_default="none is kept"
        ),
    ] = None,
    challenger: Annotated[
        str | None,
        typer.Option(help="Name of the new scorecard.", show_default="SCORECARD_suggested"),
    ] = None,
    foretell: Annotated[
        Foretold, typer.Option(help="The outcome that points are fitted to.")
    ] = Foretold.won,
    horizon_days: Annotated[
        int, typer.Option(min=1, help="The outcome comes within so many days after the instant.")
    ] = 90,
    at: Annotated[
        At, typer.Option(help="Look at a lead once, or every week until its case is closed.")
    ] = At.creation,
    days: Annotated[
        int, typer.Option(min=0, help="First look, in days after the lead's creation.")
    ] = 7,
    without: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            help="An attribute or event type to leave out. May be given several times.",
        ),
    ] = None,
    most_signals: Annotated[
        int, typer.Option(min=1, max=MOST_SIGNALS, help="Signals of the card at most.")
    ] = MOST_SIGNALS,
    most_moments: Annotated[
        int,
        typer.Option(
            min=10_000,
            help="Learn from so many instants of leads at most; of more, so many are drawn.",
        ),
    ] = MOST_MOMENTS,
    threads: Annotated[
        int | None, typer.Option(min=1, help="Steps to run at a time.", show_default="4")
    ] = None,
) -> None:
    """Suggests points for a scorecard, fitted to outcomes, as rule tables with a challenger."""
    try:
        now = _instant(as_of, data)
        if to.is_dir() and any(to.iterdir()):
            raise RunFailed(f"{to} is not empty. Name a new folder for the rule tables.")
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
    except (
        *(RunFailed, RulesError, InputError, TooFewOutcomes, NothingToSuggest, OSError),
    ) as error:
        console(is_error=True).print(str(error), soft_wrap=True)
        raise typer.Exit(1) from None
    print_suggestion(suggestion, request, to, console())


def _instant(as_of: str | None, data: Path | None) -> datetime:
    if as_of is None:
        return datetime.now(timezone.utc) if data else read_time(AS_OF)
    try:
        return read_time(as_of)
    except ValueError as error:
        raise RunFailed(str(error)) from None


@contextmanager
def _scratch_folder(database: Path | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="lead_scoring-suggest-") as name:
        folder = Path(name)
        yield folder
        if database is not None:
            database.parent.mkdir(parents=True, exist_ok=True)
            database.write_bytes((folder / "lead_scoring.duckdb").read_bytes())


if __name__ == "__main__":
    app(prog_name="./scripts/suggest_points")
