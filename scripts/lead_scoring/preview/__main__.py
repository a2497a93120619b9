"""The command ./scripts/preview: shows what edited rules would change; publishes nothing."""

from __future__ import annotations

import contextlib
import signal
import sys
import tempfile
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.demo.files import AS_OF
from lead_scoring.preview.comparison import Comparison, compare
from lead_scoring.preview.fail_conditions import ConditionError, read_condition
from lead_scoring.preview.markdown import as_markdown
from lead_scoring.preview.movers_file import write_movers
from lead_scoring.preview.page import as_page
from lead_scoring.preview.rule_differences import read_laid_out, rule_differences
from lead_scoring.preview.rule_sources import changed_tables, lay_out_base, lay_out_edited
from lead_scoring.preview.scratch import Instants, score_both
from lead_scoring.preview.stage_minimums import stage_minimums
from lead_scoring.preview.terminal import print_preview
from lead_scoring.preview.words import figure_text
from lead_scoring.rule_files import RulesError
from lead_scoring.runner import RunFailed
from lead_scoring.tables import console
from lead_scoring.times import read_time

FIRED = 2  # exit code where a condition of --fail-if holds
MOST_MOVERS_IN_FILES = 100

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    data: Annotated[
        Path | None,
        typer.Option(
            help="Folder with leads, events, outcomes and, if any, lead_merges, each as .csv, "
            ".csv.gz or .parquet: a file, or a folder of parts. Without it: the demo.",
            envvar="LEAD_SCORING_DATA",
        ),
    ] = None,
    rules: Annotated[
        Path | None,
        typer.Option(
            help="Folder with the edited rule tables. Tables that are absent are those of seeds/.",
            show_default="seeds/",
        ),
    ] = None,
    base: Annotated[
        str,
        typer.Option(
            metavar="REVISION|DIR",
            help="What to compare with: a git revision, or a folder of rule tables.",
        ),
    ] = "HEAD",
    as_of: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="Score as of this instant, such as 2026-06-30 or 2026-06-30T12:00:00Z. "
            "Without it: now; the demo has an instant of its own.",
        ),
    ] = None,
    show: Annotated[
        int, typer.Option(min=0, help="Leads to list that enter, and that leave, mql or sql.")
    ] = 10,
    csv: Annotated[
        Path | None, typer.Option(help="Write all leads that enter or leave mql or sql.")
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option(help="Write the preview for a pull request.")
    ] = None,
    html: Annotated[Path | None, typer.Option(help="Write the preview as one page.")] = None,
    weekly_capacity: Annotated[
        int | None, typer.Option(min=1, help="Hand-offs that sales can take in a week.")
    ] = None,
    outcome_days: Annotated[
        int,
        typer.Option(min=1, help="Compare the scores of so many days ago with what was won since."),
    ] = 60,
    fail_if: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CONDITION",
            help='Exit with 2 where it holds, as "mql_change > 20%". May be given several times; '
            "docs/how-to/preview.md lists the figures.",
        ),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Keep the two scratch databases in this folder.", file_okay=False
        ),
    ] = None,
    threads: Annotated[
        int | None, typer.Option(min=1, help="Steps to run at a time.", show_default="4")
    ] = None,
) -> None:
    """Shows what edited rules would change: scores the leads by both rule sets, side by side."""
    try:
        conditions = [read_condition(text) for text in fail_if or []]
        now = _instant(as_of, data)
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
        print_preview(comparison, console(), show)
        if csv:
            write_movers(comparison.movers, csv)
        if markdown:
            markdown.write_text(as_markdown(comparison, MOST_MOVERS_IN_FILES), encoding="utf-8")
        if html:
            html.write_text(as_page(comparison, minimums, MOST_MOVERS_IN_FILES), encoding="utf-8")
        fired = [one for one in conditions if one.holds(comparison.figures)]
    except (RulesError, RunFailed, ConditionError, OSError) as error:
        console(is_error=True).print(str(error), soft_wrap=True)
        raise typer.Exit(1) from None
    for one in fired:
        figure = figure_text(one.metric, comparison.figures[one.metric])
        console(is_error=True).print(f"Fails: {one.text} (it is {figure}).", soft_wrap=True)
    if fired:
        raise typer.Exit(FIRED)


def preview(
    *,
    data: Path | None,
    rules: Path | None,
    base: str,
    instants: Instants,
    weekly_capacity: int | None = None,
    keep: Path | None = None,
    threads: int | None = None,
    echo: bool = False,
) -> tuple[Comparison, dict[str, int]]:
    """Scores the leads by both rule sets and compares; returns the stages' minimums as well.

    keep: the folder that the scratch databases stay in; None: they are deleted.
    Raises RulesError where rules cannot be used, RunFailed where leads cannot be scored.
    """
    with _scratch_folder(keep) as folder:
        base_rules, edited_rules = folder / "base_rules", folder / "edited_rules"
        base_words = lay_out_base(base, base_rules)
        edited_words = lay_out_edited(rules, edited_rules)
        scratch = score_both(
            data=data,
            base_rules=base_rules,
            edited_rules=edited_rules,
            changed_tables=changed_tables(base_rules, edited_rules),
            instants=instants,
            folder=folder,
            threads=threads,
            echo=echo,
        )
        edited = read_laid_out(edited_rules)
        comparison = compare(
            scratch,
            base=base_words,
            edited=edited_words,
            instants=instants,
            rules=rule_differences(read_laid_out(base_rules), edited),
            weekly_capacity=weekly_capacity,
        )
        return comparison, stage_minimums(edited)


def _instant(as_of: str | None, data: Path | None) -> datetime:
    if as_of is None:
        return datetime.now(timezone.utc) if data else read_time(AS_OF)
    try:
        return read_time(as_of)
    except ValueError as error:
        raise RunFailed(str(error)) from None


@contextlib.contextmanager
def _scratch_folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        if any(keep.iterdir()):
            raise OSError(f"{keep} is not empty. Name a new folder to keep the databases in.")
        yield keep.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="lead_scoring-preview-") as folder:
        yield Path(folder)


if __name__ == "__main__":
    # A process that is told to end deletes its scratch databases first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    app(prog_name="./scripts/preview")
