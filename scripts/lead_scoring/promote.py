"""The command ./scripts/promote: makes a challenger live, after showing what that changes."""

from __future__ import annotations

import csv
import shutil
import tempfile
from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.demo.files import AS_OF
from lead_scoring.preview.__main__ import preview
from lead_scoring.preview.scratch import Instants
from lead_scoring.preview.terminal import print_preview
from lead_scoring.rule_files import SEEDS, RulesError, seed_columns
from lead_scoring.rule_set import Cells, read_rule_set
from lead_scoring.runner import RunFailed
from lead_scoring.tables import console
from lead_scoring.times import read_time

OUTCOME_DAYS = 60  # as ./scripts/preview
MOVERS = 10

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    challenger: Annotated[str, typer.Argument(help="The scorecard that is to be live.")],
    to: Annotated[
        Path,
        typer.Option(
            metavar="DIR", file_okay=False, help="Empty folder to write the rule tables to."
        ),
    ],
    rules: Annotated[
        Path | None,
        typer.Option(
            help="Folder with the rule tables that the challenger stands in.",
            show_default="seeds/",
        ),
    ] = None,
    in_place_of: Annotated[
        str | None,
        typer.Option(
            metavar="SCORECARD",
            help="The live scorecard whose place it takes.",
            show_default="the live one of its segment",
        ),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            help="Folder with leads, events and outcomes, for the preview. Without it: the demo.",
            envvar="LEAD_SCORING_DATA",
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Preview as of this instant.", show_default="now"),
    ] = None,
    threads: Annotated[
        int | None, typer.Option(min=1, help="Steps to run at a time.", show_default="4")
    ] = None,
) -> None:
    """Makes a challenger live: shows what that changes, then writes the rule tables."""
    try:
        if to.is_dir() and any(to.iterdir()):
            raise RunFailed(f"{to} is not empty. Name a new folder for the rule tables.")
        given = as_of or ("" if data else AS_OF)
        now = read_time(given) if given else datetime.now(timezone.utc)
        with tempfile.TemporaryDirectory(prefix="lead_scoring-promote-") as name:
            folder = Path(name) / "rules"
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
    except (RunFailed, RulesError, ValueError, OSError) as error:
        console(is_error=True).print(str(error), soft_wrap=True)
        raise typer.Exit(1) from None
    console().print(
        f"\nRule tables in which {challenger} is live, and {left} a challenger: {to}\n"
        f"From now on: ./scripts/score --rules {to}",
        soft_wrap=True,
    )


def write_promoted(
    rules: Path | None, challenger: str, in_place_of: str | None, target: Path
) -> str:
    """Writes the rule tables with the challenger live to `target`; returns whose place it takes.

    The two change places, priority and all: what was live goes on as a challenger, so that the
    next review still compares them. rules: None: the project's own.

    Raises RulesError where the tables cannot be used, RunFailed where a scorecard does not fit.
    """
    cards = read_rule_set(rules).tables["scorecards"]
    found = {row["scorecard"]: row for row in cards}
    if found.get(challenger, {}).get("status") != "challenger":
        rivals = [name for name, row in found.items() if row["status"] == "challenger"]
        raise RunFailed(
            f"There is no challenger {challenger}. There "
            + (f"are: {', '.join(rivals)}." if rivals else "is none at all.")
        )
    live = _whose_place(found, challenger, in_place_of)
    places = {
        challenger: {"status": "live", "priority": found[live]["priority"]},
        live: {"status": "challenger", "priority": found[challenger]["priority"]},
    }
    target.mkdir(parents=True)
    if rules is not None:
        for path in rules.glob("*.csv"):
            if path.stem not in ("scorecards", "lead_scoring__scorecards"):
                shutil.copyfile(path, target / path.name)
    with (target / "scorecards.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, seed_columns()["scorecards"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | places.get(row["scorecard"], {}) for row in cards)
    return live


def _whose_place(found: dict[str, Cells], challenger: str, wanted: str | None) -> str:
    live = [name for name, row in found.items() if row["status"] == "live"]
    if wanted is not None:
        if wanted.strip().lower() not in live:
            raise RunFailed(f"{wanted} is no live scorecard. There are: {', '.join(live)}.")
        return wanted.strip().lower()
    segment = found[challenger]["segment"].lower()
    of_segment = [name for name in live if found[name]["segment"].lower() == segment]
    if len(of_segment) != 1:
        raise RunFailed(
            f"Say by --in-place-of which live scorecard {challenger} is to replace: "
            f"{', '.join(of_segment or live)}."
        )
    return of_segment[0]


if __name__ == "__main__":
    app(prog_name="./scripts/promote")
