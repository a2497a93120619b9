"""The command lead-scoring describe rules: prints scorecards as sentences."""

from __future__ import annotations

import textwrap
from typing import Annotated

import typer

from lead_scoring.commands import options as given
from lead_scoring.commands.endings import ending
from lead_scoring.rules.files import RulesError
from lead_scoring.rules.rule_set import read_rule_set
from lead_scoring.rules.sentences import Section, chosen_scorecards, explain_scorecard
from lead_scoring.terminal import console, heading, shown

EXAMPLES = {
    "": "all that are live, and all challengers",
    "enterprise --rules my_rules": "one, of your own tables",
}


def main(
    scorecard: Annotated[
        str | None,
        typer.Argument(
            help="Name of the scorecard.", show_default="all that are live or challengers"
        ),
    ] = None,
    rules: given.Rules = None,
) -> None:
    """A scorecard in words: its rules, limits and decay, and what its scores mean."""
    with ending({RulesError: 1, LookupError: 1}):
        rule_set = read_rule_set(rules)
        explained = [
            explain_scorecard(rule_set, name) for name in chosen_scorecards(rule_set, scorecard)
        ]
    screen = console()
    for sections in explained:
        for section in sections:
            screen.print(heading(shown(section.title).plain))
            screen.print(section_text(section, screen.width))


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
