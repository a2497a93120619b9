"""Lays out the rule tables of one run: the project's seeds, replaced by those of a rules folder.

dbt may load the cells of a seed by their position. So every table is checked, and then written
anew as UTF-8 with commas, its columns in the order of the seed's properties, numbers and flags in
one spelling: no swap of columns and no rounding can pass.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from lead_scoring.project import called
from lead_scoring.rules.checks import Finding, read_folder
from lead_scoring.rules.checks.report import in_words
from lead_scoring.rules.checks.schema import PREFIX, SEEDS, schemas

__all__ = ["PREFIX", "SEEDS", "RulesError", "lay_out_rules", "seed_columns"]

# As many as fit on a screen; check rules shows all.
MOST_FINDINGS = 20


class RulesError(RuntimeError):
    """A rules folder cannot be used. The message names each place and its mend."""


def lay_out_rules(rules: Path | None, target: Path) -> None:
    """Fills the folder `target` with every seed and the seeds' properties, ready for dbt.

    Raises RulesError as `spelled_tables`; `target` is then left as it is.
    """
    tables = spelled_tables(rules)
    target.mkdir(parents=True, exist_ok=True)
    wanted = {f"{PREFIX}{name}.csv": _csv_text(name, rows) for name, rows in tables.items()}
    wanted |= {path.name: path.read_text(encoding="utf-8") for path in SEEDS.glob("*.yml")}
    for path in target.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (target / name).write_text(text, encoding="utf-8", newline="")


def spelled_tables(rules: Path | None) -> dict[str, list[list[str]]]:
    """Returns the rows of every rule table, by its contract name: cells in the seed's own order,
    numbers and flags in one spelling.

    A file of `rules`, named as the contract names the table (`fit_rules.csv`) or as the seed,
    replaces the project's own. Raises RulesError where a table cannot be used.
    """
    try:
        tables, errors = read_folder(rules)
    except NotADirectoryError as error:
        raise RulesError(str(error)) from None
    if errors:
        raise RulesError(_refusal(rules, errors))
    return {name: table.spelled_rows for name, table in tables.tables.items()}


def seed_columns() -> dict[str, list[str]]:
    """Returns the columns of each rule table, both by the contract's names, in their order."""
    return {name: list(schema.columns) for name, schema in schemas().items()}


def _refusal(rules: Path | None, errors: Sequence[Finding]) -> str:
    lines = ["The rule tables cannot be used, and nothing was changed:"]
    lines += [f"  {in_words(error)}" for error in errors[:MOST_FINDINGS]]
    if len(errors) > MOST_FINDINGS:
        folder = f" {rules}" if rules else ""
        more = len(errors) - MOST_FINDINGS
        lines.append(f"  And {more} more: {called('check rules')}{folder} shows them all.")
    return "\n".join(lines)


def _csv_text(name: str, rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([seed_columns()[name], *rows])
    return text.getvalue()
