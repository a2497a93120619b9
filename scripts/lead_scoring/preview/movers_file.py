"""Writes every lead that enters or leaves mql or sql to a CSV that a spreadsheet may open."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from lead_scoring.preview.movers import Mover

COLUMNS = (
    *("lead_id", "status", "movement", "scorecard_before", "scorecard_after"),
    *("stage_before", "stage_after", "grade_before", "grade_after"),
    *("total_before", "total_after", "fit_before", "fit_after"),
    *("engagement_before", "engagement_after", "why"),
)
# A spreadsheet would run a cell that begins so as a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_movers(movers: Sequence[Mover], file: Path) -> None:
    """Writes one row per mover, UTF-8 with a mark by which spreadsheets know it."""
    with file.open("w", encoding="utf-8-sig", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(COLUMNS)
        for mover in movers:
            writer.writerow([safe(cell) for cell in _cells(mover)])


def safe(cell: object) -> object:
    """Returns a cell that no spreadsheet runs as a formula; numbers stay numbers."""
    if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS):
        return f"'{cell}"
    return cell


def _cells(mover: Mover) -> list[object]:
    before, after = mover.before, mover.after
    return [
        *(mover.lead_id, mover.status, "enters" if mover.rises else "leaves"),
        *(before.scorecard, after.scorecard, before.stage, after.stage, before.grade, after.grade),
        *(before.total_score, after.total_score, before.fit_score, after.fit_score),
        *(before.engagement_score, after.engagement_score, "; ".join(mover.why)),
    ]
