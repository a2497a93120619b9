"""The command ./scripts/explain_rules: prints scorecards as sentences."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Annotated

import typer

from lead_scoring.rule_files import RulesError
from lead_scoring.rule_set import RuleSet, read_rule_set
from lead_scoring.scorecard_sentences import Section, explain_scorecard
from lead_scoring.tables import console, heading, shown

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    scorecard: Annotated[
        str | None,
        typer.Argument(help="Name of the scorecard. Without it: all that are live or challengers."),
    ] = None,
    rules: Annotated[
        Path | None,
        typer.Option(
            help="Folder with rule tables (fit_rules.csv, ...). They replace those of the project; "
            "tables that are absent stay."
        ),
    ] = None,
) -> None:
    """Prints a scorecard in words: its rules, limits and decay, and what its scores mean."""
    try:
        rule_set = read_rule_set(rules)
        explained = [
            explain_scorecard(rule_set, name) for name in chosen_scorecards(rule_set, scorecard)
        ]
    except (RulesError, LookupError) as error:
        console(is_error=True).print(str(error.args[0]), soft_wrap=True)
        raise typer.Exit(1) from None
    screen = console()
    for sections in explained:
        for section in sections:
            screen.print(heading(shown(section.title).plain))
            screen.print(section_text(section, screen.width))


def chosen_scorecards(rule_set: RuleSet, scorecard: str | None) -> list[str]:
    """Returns the names to explain. Raises LookupError where the scorecard is unknown."""
    known = rule_set.names("scorecards", "scorecard")
    if scorecard is None:
        return [name for name, row in known.items() if row["status"] in ("live", "challenger")]
    name = scorecard.strip().lower()
    if name not in known:
        raise LookupError(f"There is no scorecard {scorecard}. Those known: {', '.join(known)}.")
    return [name]


def section_text(section: Section, width: int) -> str:
    """Returns the lines of a section: points to the left, words to the right, none longer."""
    indent = 10 if any(points for points, _ in section.lines) else 2
    lines = []
    for points, words in section.lines:
        start = f"{points:>{indent - 2}}  " if indent > 2 else "  "
        lines += textwrap.wrap(
            shown(words).plain, width, initial_indent=start, subsequent_indent=" " * indent
        )
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    app(prog_name="./scripts/explain_rules")
