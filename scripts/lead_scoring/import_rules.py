"""The command ./scripts/import_rules: makes rule tables of a list of points."""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from lead_scoring.rule_checks import check_folder
from lead_scoring.rule_import.entries import Entry, Kind, Listing, read_listing
from lead_scoring.rule_import.placing import Placement, Placer
from lead_scoring.rule_import.rule_folder import Refusal, RuleFolder, build, check_limits, slug
from lead_scoring.rule_import.sheets import SheetError, read_sheets
from lead_scoring.rule_import.wording import NotPlaced
from lead_scoring.rule_set import RuleSet, plain, read_rule_set, read_table
from lead_scoring.rule_words import RULE_TABLES
from lead_scoring.tables import console, heading, shown, table
from lead_scoring.worked_rows import row_words

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class ImportFailed(RuntimeError):
    """Nothing was written. The message says why and what to do."""


@dataclass(frozen=True)
class Imported:
    """What became of a list of points."""

    listing: Listing
    folder: RuleFolder
    refusals: list[Refusal]
    rule_set: RuleSet  # the project's own, with the tables of the folder in their place


def import_rules(
    file: Path,
    to: Path,
    *,
    kind: Kind = Kind.AUTO,
    scorecard: str = "imported",
    overwrite: bool = False,
    rule_set: RuleSet | None = None,
) -> Imported:
    """Writes rule tables to the folder `to`, made of the list of points in `file`.

    rule_set: the rules whose attributes and event types are known; None: the project's own.
    Raises SheetError where the file is no such list, ImportFailed where no row can be placed or
    files would be overwritten.
    """
    rule_set = rule_set or read_rule_set()
    listing = read_listing(read_sheets(file), kind)
    placer = Placer(rule_set, listing.kind)
    placements, refusals = [], []
    for entry in listing.entries:
        try:
            placements.append(placer.place(entry))
        except NotPlaced as problem:
            refusals.append(Refusal(entry, str(problem)))
    folder, later = _checked(placements, slug(scorecard) or "imported", file.name, rule_set)
    refusals = sorted([*refusals, *later], key=lambda refusal: refusal.entry.row)
    if not any(folder.tables[name] for name in RULE_TABLES):
        reasons = "".join(f"\n  row {each.entry.row}: {each.reason}" for each in refusals[:10])
        raise ImportFailed(f"No row of {file} can be placed, so nothing is written.{reasons}")
    there = [name for name in folder.file_names() if (to / name).exists()]
    if there and not overwrite:
        raise ImportFailed(
            f"{to} holds {', '.join(there)} already. Name another folder, or allow it with "
            "--overwrite."
        )
    folder.write(to, refusals)
    tables = {name: read_table(to / f"{name}.csv") for name in folder.tables}
    return Imported(listing, folder, refusals, RuleSet({**rule_set.tables, **tables}))


def _checked(
    placements: Sequence[Placement], scorecard: str, source: str, rule_set: RuleSet
) -> tuple[RuleFolder, list[Refusal]]:
    """Builds the tables, and takes back the rows that the check of rule tables refuses."""
    refusals = check_limits(placements)
    kept = _without(placements, [refusal.entry for refusal in refusals])
    while True:
        folder = build(kept, scorecard, source, rule_set)
        found = _refused_by_check(folder)
        if not found:
            return folder, [*refusals, *folder.refused]
        refusals += found
        kept = _without(kept, [refusal.entry for refusal in found])


def _without(placements: Sequence[Placement], entries: Sequence[Entry]) -> list[Placement]:
    return [each for each in placements if each.entry not in entries]


def _refused_by_check(folder: RuleFolder) -> list[Refusal]:
    """Raises ImportFailed where the check refuses what no row of the list has made."""
    with tempfile.TemporaryDirectory() as name:
        folder.write(Path(name), [])
        findings = [finding for finding in check_folder(Path(name)) if finding.is_refusal]
    refusals: dict[Entry, Refusal] = {}
    for finding in findings:
        source = folder.sources.get((finding.file.stem, (finding.row or 0) - 2))
        if source is None:
            raise ImportFailed(
                f"The rules would be refused: {finding.file.name}, {finding.place}: "
                f"{finding.problem}. {finding.mend}"
            )
        reason = f"{finding.column} {finding.value}: {finding.problem}"
        refusals.setdefault(source.entry, Refusal(source.entry, reason))
    return list(refusals.values())


@app.command()
def main(
    file: Annotated[
        Path, typer.Argument(help="List of points: .csv, .tsv, .txt or .xlsx, with a header row.")
    ],
    to: Annotated[Path, typer.Option(help="Folder for the rule tables; made if absent.")],
    kind: Annotated[
        Kind, typer.Option(help="How the list is kept; auto tells it by the columns.")
    ] = Kind.AUTO,
    scorecard: Annotated[str, typer.Option(help="Name of the scorecard.")] = "imported",
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace files of an earlier import.")
    ] = False,
) -> None:
    """Makes rule tables of a list of points, and lists what it could not place."""
    try:
        imported = import_rules(file, to, kind=kind, scorecard=scorecard, overwrite=overwrite)
    except (SheetError, ImportFailed) as error:
        console(is_error=True).print(str(error), soft_wrap=True)
        raise typer.Exit(1) from None
    print_import(console(), imported, to)


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
    screen.print(f"Read the rules: ./scripts/explain_rules --rules {given}", soft_wrap=True)
    screen.print(f"Score with them: ./scripts/score --rules {given}", soft_wrap=True)


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
        screen.print(f"The list names no stages, so the project's stay: {'; '.join(stages)}.")
    if "decay_curves" not in folder.tables and folder.tables["engagement_rules"]:
        screen.print("The list does not say how points fade, so they do not: see decay.")


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


if __name__ == "__main__":
    app(prog_name="./scripts/import_rules")
