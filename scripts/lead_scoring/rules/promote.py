"""Writes the rule tables in which a challenger is live."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from lead_scoring.rules.files import RulesError, seed_columns
from lead_scoring.rules.rule_set import Cells, read_rule_set


def write_promoted(
    rules: Path | None, challenger: str, in_place_of: str | None, target: Path
) -> str:
    """Writes the rule tables with the challenger live to `target`; returns whose place it takes.

    The two change places, priority and all: what was live goes on as a challenger, so that the
    next review still compares them. rules: None: the project's own.

    Raises RulesError where the tables cannot be used, or a scorecard does not fit.
    """
    cards = read_rule_set(rules).tables["scorecards"]
    found = {row["scorecard"]: row for row in cards}
    if found.get(challenger, {}).get("status") != "challenger":
        rivals = [name for name, row in found.items() if row["status"] == "challenger"]
        raise RulesError(
            f"There is no challenger {challenger}. There "
            + (f"are: {', '.join(rivals)}." if rivals else "is none at all.")
        )
    live = _whose_place(found, challenger, in_place_of)
    places = {
        challenger: {"status": "live", "priority": found[live]["priority"]},
        live: {"status": "challenger", "priority": found[challenger]["priority"]},
    }
    target.mkdir(parents=True)
    if rules is not None:
        for path in rules.glob("*.csv"):
            if path.stem not in ("scorecards", "lead_scoring__scorecards"):
                shutil.copyfile(path, target / path.name)
    with (target / "scorecards.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, seed_columns()["scorecards"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(row | places.get(row["scorecard"], {}) for row in cards)
    return live


def _whose_place(found: dict[str, Cells], challenger: str, wanted: str | None) -> str:
    live = [name for name, row in found.items() if row["status"] == "live"]
    if wanted is not None:
        if wanted.strip().lower() not in live:
            raise RulesError(f"{wanted} is no live scorecard. There are: {', '.join(live)}.")
        return wanted.strip().lower()
    segment = found[challenger]["segment"].lower()
    of_segment = [name for name in live if found[name]["segment"].lower() == segment]
    if len(of_segment) != 1:
        raise RulesError(
            f"Say by --in-place-of which live scorecard {challenger} is to replace: "
            f"{', '.join(of_segment or live)}."
        )
    return of_segment[0]
