"""Tells of a training on the terminal: whether to use the likelihood, and what that rests on."""

from __future__ import annotations

import shlex
from pathlib import Path

from rich.console import Console

from lead_scoring.prediction.card import Values, card_values, use_of
from lead_scoring.prediction.card_words import sections
from lead_scoring.prediction.gate import demands
from lead_scoring.prediction.training import Request, Training
from lead_scoring.project import called
from lead_scoring.rules.rule_set import read_rule_set
from lead_scoring.terminal import heading, shown, table

MOST_FEATURES = 15


def training_values(training: Training, request: Request, target: Path) -> Values:
    """Returns what a machine may want: the values of the card, what to do, and where rows lie."""
    values = card_values(training, request, read_rule_set(target))
    use, mark = use_of(values, values["failures"])
    return {"use": use, "mark": mark, "rules": target, **values}


def print_training(
    training: Training, request: Request, target: Path, card: Path, screen: Console
) -> None:
    """Prints what was trained."""
    values = training_values(training, request, target)
    for section in sections(values, []):
        if section.key in ("map", "measure"):
            for sentence in section.sentences:
                screen.print(sentence)
            screen.print()
    screen.print(heading(f"What {request.prediction} looks at"))
    grid = table(["feature", "weight"], ["weight"])
    for feature in values["features"][:MOST_FEATURES]:
        grid.add_row(shown(feature["words"]), shown(f"{100 * feature['share']:.0f} %"))
    screen.print(grid)
    if (more := len(values["features"]) - MOST_FEATURES) > 0:
        screen.print(f"  and {more} more")
    screen.print()
    screen.print(heading("The gate"))
    for one in demands(values["row"], values["failures"]):
        screen.print(f"  {'holds' if one.holds else 'FAILS'}  {one.name}: {one.found}")
    screen.print()
    screen.print(shown(values["use"]))
    folder = shlex.quote(str(target))
    data = f" --data {shlex.quote(str(request.data))}" if request.data else ""
    screen.print(
        f"\nRule tables with the challenger {request.prediction}: {target}\n"
        f"Its card: {card}\n"
        f"See how it scores: {called('score')} --rules {folder}{data}\n"
        f"Let it go live: {called('approve')} {request.prediction} --rules {folder}"
        " --by WHO --for WHAT",
        soft_wrap=True,
    )
