"""The command lead-scoring preview: shows what edited rules would change; publishes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.commands import options as given
from lead_scoring.commands.endings import complain, ending, print_json
from lead_scoring.commands.instants import instant
from lead_scoring.commands.variables import inputs_read_as
from lead_scoring.preview.fail_conditions import ConditionError, read_condition
from lead_scoring.preview.markdown import as_markdown
from lead_scoring.preview.movers_file import write_movers
from lead_scoring.preview.page import as_page
from lead_scoring.preview.preview import OUTCOME_DAYS, preview
from lead_scoring.preview.scratch import Instants
from lead_scoring.preview.terminal import print_preview
from lead_scoring.preview.words import figure_text
from lead_scoring.rules.files import RulesError
from lead_scoring.runs.failures import RunFailed
from lead_scoring.terminal import console

FIRED = 2  # exit code where a condition of --fail-if holds
MOST_MOVERS_IN_FILES = 100

ENDS = {
    0: "previewed",
    1: "failed, with a sentence on why",
    FIRED: "a condition of --fail-if holds, or called wrongly",
}
EXAMPLES = {
    "": "seeds/ as edited, against the last commit, on the demo",
    "--data my_folder --rules edited --base my_rules": "two folders, on your own data",
    '--fail-if "mql_change > 20%" --html preview.html': "in a pull request",
}


def main(
    data: given.Data = None,
    source: given.Source = None,
    input_time_zone: given.InputTimeZone = None,
    date_order: given.DayOrder = None,
    rules: given.Rules = None,
    base: Annotated[
        str,
        typer.Option(
            metavar="REVISION|DIR", help="Compare with a git revision, or a folder of rule tables."
        ),
    ] = "HEAD",
    as_of: given.AsOf = None,
    show: Annotated[
        int,
        typer.Option(
            metavar="N", min=0, help="Leads to list that enter, and that leave, mql or sql."
        ),
    ] = 10,
    csv: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write all leads that enter or leave mql or sql."),
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the preview for a pull request.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the preview as one page.")
    ] = None,
    weekly_capacity: given.WeeklyCapacity = None,
    outcome_days: Annotated[
        int,
        typer.Option(
            metavar="N", min=1, help="Compare scores of so many days ago with what was won since."
        ),
    ] = OUTCOME_DAYS,
    fail_if: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CONDITION",
            help="End with 2 where it holds; docs/how-to/preview.md lists the figures.",
        ),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Keep the two scratch databases in this folder.", file_okay=False
        ),
    ] = None,
    threads: given.Threads = None,
    as_json: given.AsJson = False,
) -> None:
    """Leads are scored by both rule sets, side by side; --fail-if may be given several times."""
    read = inputs_read_as(source, input_time_zone, date_order)
    with ending({RulesError: 1, RunFailed: 1, ConditionError: 1, OSError: 1}), read:
        conditions = [read_condition(text) for text in fail_if or []]
        now = instant(as_of, data)
        for file in (csv, markdown, html):
            if file and not file.absolute().parent.is_dir():
                raise RunFailed(f"There is no folder for {file}. Make it first.")
        comparison, minimums = preview(
            data=data,
            rules=rules,
            base=base,
            instants=Instants.of(now, outcome_days),
            weekly_capacity=weekly_capacity,
            keep=keep,
            threads=threads,
            echo=True,
        )
        if as_json:
            print_json(dict(comparison.figures))
        else:
            print_preview(comparison, console(), show)
        if csv:
            write_movers(comparison.movers, csv)
        if markdown:
            markdown.write_text(as_markdown(comparison, MOST_MOVERS_IN_FILES), encoding="utf-8")
        if html:
            html.write_text(as_page(comparison, minimums, MOST_MOVERS_IN_FILES), encoding="utf-8")
        fired = [one for one in conditions if one.holds(comparison.figures)]
    for one in fired:
        figure = figure_text(one.metric, comparison.figures[one.metric])
        complain(f"Fails: {one.text} (it is {figure}).")
    if fired:
        raise typer.Exit(FIRED)
