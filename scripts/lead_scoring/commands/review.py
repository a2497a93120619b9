"""The command lead-scoring review: whether the score works, and what to change, on one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.commands import options as given
from lead_scoring.commands.endings import ending, print_json
from lead_scoring.commands.variables import inputs_read_as
from lead_scoring.databases import DatabaseError
from lead_scoring.places import Places
from lead_scoring.private_files import scratch_folder
from lead_scoring.project import DATABASE
from lead_scoring.review.figures import (
    COMPARED,
    read_figures,
    run_evidence,
    variables_of_instants,
)
from lead_scoring.review.pages import all_sections, as_markdown, as_page
from lead_scoring.review.section import Mark, by_urgency
from lead_scoring.review.trial import forget_trials, keep_trials, try_advice
from lead_scoring.rules.files import RulesError
from lead_scoring.rules.rule_set import read_rule_set
from lead_scoring.runs.failures import RunFailed
from lead_scoring.terminal import console, heading, shown

EXAMPLES = {
    "--to review.html": "of the demo; review.md is written beside it",
    "--to review.html --data my_folder --rules my_rules": "of your own data and rules",
}


def main(
    to: Annotated[
        Path, typer.Option(metavar="FILE.html", help="Page to write; FILE.md is written beside it.")
    ],
    data: given.Data = None,
    source: given.Source = None,
    input_time_zone: given.InputTimeZone = None,
    date_order: given.DayOrder = None,
    rules: given.Rules = None,
    as_of: given.AsOf = None,
    database: given.Database = DATABASE,
    horizon_days: given.HorizonDays = 90,
    days: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            min=0,
            help="Look at leads so many days after they were created; 0: at once.",
            show_default="30",
        ),
    ] = None,
    purpose: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Look at another instant: created_plus_7_days, first_contact or first_mql.",
        ),
    ] = None,
    weekly_capacity: given.WeeklyCapacity = None,
    threads: given.Threads = None,
    as_json: given.AsJson = False,
) -> None:
    """Leads are scored at past instants, with what was known then and nothing later, and compared
    with what became of them.

    The database is that of the daily run, for response times; the evidence is written beside it, to
    NAME.evidence.duckdb.
    """
    variables: dict[str, object] = {"lead_scoring_horizon_days": horizon_days}
    if weekly_capacity is not None:
        variables["lead_scoring_weekly_capacity"] = weekly_capacity
    read = inputs_read_as(source, input_time_zone, date_order)
    with ending({RunFailed: 1, RulesError: 1, DatabaseError: 1, OSError: 1}), read:
        if not to.absolute().parent.is_dir():
            raise RunFailed(f"There is no folder for {to}. Make it first.")
        predictions = read_rule_set(rules).tables["predictions"]
        asked = None if purpose is None else purpose.strip().lower()
        variables |= variables_of_instants(days, asked, predictions)
        forget_trials(Places(database).evidence)
        evidence = run_evidence(
            data=data,
            rules=rules,
            as_of=as_of,
            database=database,
            variables=variables,
            threads=threads,
            echo=True,
        )
        figures = read_figures(evidence, database)
        with scratch_folder("review") as scratch:

            def build(edited: Path, target: Path) -> None:
                stem = target.with_name(target.name.replace(".evidence", ""))
                run_evidence(
                    data=data,
                    rules=edited,
                    as_of=as_of,
                    database=stem,
                    variables=variables,
                    threads=threads,
                    select=COMPARED,
                    echo=True,
                )

            tried = try_advice(figures, rules, scratch, build)
        keep_trials(evidence, tried)
        figures = figures.with_trials(tried)
        to.write_text(as_page(figures), encoding="utf-8")
        to.with_suffix(".md").write_text(as_markdown(figures), encoding="utf-8")
    sections = by_urgency(all_sections(figures))
    if as_json:
        verdicts = [
            {"title": section.title, "mark": section.mark.name, "todo": section.todo}
            for section in sections
        ]
        print_json({"verdicts": verdicts, "page": to, "markdown": to.with_suffix(".md")})
        return
    screen = console()
    for section in sections:
        # Whether it ranks is what was asked, and is said where nothing is to be done, too.
        if section.mark is Mark.act or section.key == "ranking":
            screen.print(heading(section.title))
            screen.print(shown(section.todo))
    screen.print(f"\nThe review: {to} and {to.with_suffix('.md')}", soft_wrap=True)
