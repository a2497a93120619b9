"""Prints what became of a list of points."""

from __future__ import annotations

import shlex
from decimal import Decimal
from pathlib import Path

from rich.console import Console

from lead_scoring.project import called
from lead_scoring.rules.importing.import_rules import Imported
from lead_scoring.rules.importing.rule_folder import RuleFolder
from lead_scoring.rules.rule_set import RuleSet, plain
from lead_scoring.rules.words import RULE_TABLES
from lead_scoring.rules.worked_rows import row_words
from lead_scoring.terminal import heading, shown, table


def print_import(screen: Console, imported: Imported, to: Path) -> None:
    """Prints which row became which rule, what was not placed, and how points become scores."""
    folder, listing = imported.folder, imported.listing
    placed = sorted(folder.sources.items(), key=lambda each: each[1].entry.row)
    screen.print(f"{shown(listing.sheet)}, read as {listing.kind.value}\n")
    grid = table(["row", "criterion", "became", "note"], numbers=["row"])
    words = _words_of(imported.rule_set)
    for (name, place), placement in placed:
        grid.add_row(
            *(shown(placement.entry.row), shown(placement.entry.written)),
            *(shown(words[name, place]), shown(placement.remark)),
        )
    screen.print(heading(f"Placed: {len(placed)}"), grid, "", sep="\n")
    if imported.refusals:
        grid = table(["row", "criterion", "points", "why not"], numbers=["row"])
        for refusal in imported.refusals:
            grid.add_row(
                *(shown(refusal.entry.row), shown(refusal.entry.written)),
                *(shown(refusal.entry.points), shown(refusal.reason)),
            )
        screen.print(heading(f"Not placed: {len(imported.refusals)}"), grid, "", sep="\n")
    if listing.unread:
        screen.print(f"Columns not read: {shown(', '.join(listing.unread))}")
    _print_scores(screen, folder)
    given = shlex.quote(str(to))
    screen.print(f"Read the rules: {called('describe rules')} --rules {given}", soft_wrap=True)
    screen.print(f"Score with them: {called('score')} --rules {given}", soft_wrap=True)


def _print_scores(screen: Console, folder: RuleFolder) -> None:
    together = folder.fit_points + folder.engagement_points
    screen.print(
        f"Scores: the total is 100 where every row that gives points holds once: "
        f"{plain(folder.fit_points)} fit points and {plain(folder.engagement_points)} engagement "
        "points. All points weigh the same.",
    )
    if not any(name == "thresholds" for name, _ in folder.sources):
        stages = [
            f"{row['label']} from {row['min_total']} of 100, "
            f"{plain(together * Decimal(row['min_total']) / 100)} points"
            for row in folder.tables["thresholds"]
            if row["ladder"] == "stage" and row["min_total"]
        ]
        screen.print(f"The project's stages stay: {'; '.join(stages)}.")
    if "decay_curves" not in folder.tables and folder.tables["engagement_rules"]:
        screen.print(
            "The list does not say how points fade, so they do not. Where they are to, write the"
            " name of a row of decay_curves into the column decay of engagement_rules."
        )


def _words_of(rule_set: RuleSet) -> dict[tuple[str, int], str]:
    """Returns each rule and threshold in words, by its table and its place in it."""
    words = {
        (name, place): row_words(rule_set, name, row)
        for name in RULE_TABLES
        for place, row in enumerate(rule_set.tables[name])
    }
    for place, row in enumerate(rule_set.tables["thresholds"]):
        words["thresholds", place] = f"{row['label']} from total score {row['min_total'] or '0'}"
    return words
