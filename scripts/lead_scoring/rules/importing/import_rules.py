"""Makes rule tables of a list of points, and takes back what the check of rules refuses."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lead_scoring.rules.checks import check_folder
from lead_scoring.rules.importing.entries import Entry, Kind, Listing, read_listing
from lead_scoring.rules.importing.names import slug
from lead_scoring.rules.importing.placing import Placement, Placer
from lead_scoring.rules.importing.rule_folder import Refusal, RuleFolder, build, check_limits
from lead_scoring.rules.importing.sheets import read_sheets
from lead_scoring.rules.importing.wording import NotPlaced
from lead_scoring.rules.rule_set import RuleSet, read_rule_set, read_table
from lead_scoring.rules.words import RULE_TABLES


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
