"""The command workshop document rules: writes the pages of docs/reference/rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.commands.endings import ending
from lead_scoring.rules.files import RulesError
from lead_scoring_workshop.rule_pages.writing import PAGES, outdated, write_pages

ENDS = {0: "up to date", 1: "with --check: a page is out of date", 2: "called wrongly"}
EXAMPLES = {"": "writes what is out of date", "--check": "looks only"}


def main(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail where a page is out of date.")
    ] = False,
    to: Annotated[
        Path,
        typer.Option(
            metavar="DIR",
            help="Folder of the pages.",
            file_okay=False,
            show_default="docs/reference/rules",
        ),
    ] = PAGES,
) -> None:
    """A page for each rule table, one for the operators and one for the curves."""
    with ending({RulesError: 1}):
        names = outdated(to) if check else write_pages(to)
    if check and names:
        typer.echo(
            f"Out of date: {', '.join(names)}. Run ./scripts/workshop document rules.", err=True
        )
        raise typer.Exit(1)
    typer.echo("The pages are up to date." if not names else f"Written: {', '.join(names)}")
