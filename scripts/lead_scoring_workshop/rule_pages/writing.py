"""Writes the pages of docs/reference/rules, and says which are out of date."""

from __future__ import annotations

from pathlib import Path

from lead_scoring.project import PROJECT
from lead_scoring.rules.decay_curves import read_curve
from lead_scoring.rules.rule_set import read_rule_set
from lead_scoring.rules.rule_tables import read_rule_tables
from lead_scoring_workshop.rule_pages.curve_plot import drawn, plot_description, shows
from lead_scoring_workshop.rule_pages.pages import PLOT, rule_pages

PAGES = PROJECT / "docs" / "reference" / "rules"


def outdated(folder: Path) -> list[str]:
    """Returns the names of pages that are missing, differ or belong to no table any more."""
    return _outdated(folder, *_made())


def write_pages(folder: Path) -> list[str]:
    """Writes the pages that are outdated, removes those of no table; returns their names."""
    pages, plot = _made()
    changed = _outdated(folder, pages, plot)
    folder.mkdir(parents=True, exist_ok=True)
    for name in changed:
        if name == PLOT:
            (folder / name).write_text(drawn(plot), encoding="utf-8", newline="\n")
        elif name in pages:
            (folder / name).write_text(pages[name], encoding="utf-8", newline="\n")
        else:
            (folder / name).unlink()
    return changed


def _outdated(folder: Path, pages: dict[str, str], plot: dict[str, object]) -> list[str]:
    wrong = [name for name, text in pages.items() if _text(folder / name) != text]
    if not shows(_text(folder / PLOT), plot):
        wrong.append(PLOT)
    wanted = {*pages, PLOT}
    left_over = [path.name for path in folder.glob("*") if path.name not in wanted]
    return sorted(wrong + left_over)


def _made() -> tuple[dict[str, str], dict[str, object]]:
    rule_set = read_rule_set()
    curves = [read_curve(row) for row in rule_set.tables["decay_curves"]]
    return rule_pages(read_rule_tables(), rule_set), plot_description(curves)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
