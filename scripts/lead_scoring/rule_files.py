"""Lays out the rule tables of one run: the project's seeds, replaced by those of a rules folder.

dbt may load the cells of a seed by their position. So every table is checked, and then written
anew as UTF-8 with commas, its columns in the order of the seed's properties, numbers and flags in
one spelling: no swap of columns and no rounding can pass.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from lead_scoring.rule_checks import Finding, read_folder
from lead_scoring.rule_checks.report import in_words
from lead_scoring.rule_checks.schema import PREFIX, SEEDS, Kind, schemas
from lead_scoring.rule_checks.tables import Row, Table
from lead_scoring.rule_checks.text import flag_of, plain_number

__all__ = ["PREFIX", "SEEDS", "RulesError", "lay_out_rules", "seed_columns"]

# As many as fit on a screen; ./scripts/check_rules shows all.
MOST_FINDINGS = 20


class RulesError(RuntimeError):
    """A rules folder cannot be used. The message names each place and its mend."""


def lay_out_rules(rules: Path | None, target: Path) -> None:
    """Fills the folder `target` with every seed and the seeds' properties, ready for dbt.

    A file of `rules`, named as the contract names the table (`fit_rules.csv`) or as the seed,
    replaces the project's own. Raises RulesError where a table cannot be used; `target` is then
    left as it is.
    """
    try:
        tables, errors = read_folder(rules)
    except NotADirectoryError as error:
        raise RulesError(str(error)) from None
    if errors:
        raise RulesError(_refusal(rules, errors))
    target.mkdir(parents=True, exist_ok=True)
    wanted = {f"{PREFIX}{name}.csv": _csv_text(table) for name, table in tables.tables.items()}
    wanted |= {path.name: path.read_text(encoding="utf-8") for path in SEEDS.glob("*.yml")}
    for path in target.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (target / name).write_text(text, encoding="utf-8", newline="")


def seed_columns() -> dict[str, list[str]]:
    """Returns the columns of each rule table, both by the contract's names, in their order."""
    return {name: list(schema.columns) for name, schema in schemas().items()}


def _refusal(rules: Path | None, errors: Sequence[Finding]) -> str:
    lines = ["The rule tables cannot be used, and nothing was changed:"]
    lines += [f"  {in_words(error)}" for error in errors[:MOST_FINDINGS]]
    if len(errors) > MOST_FINDINGS:
        folder = f" {rules}" if rules else ""
        more = len(errors) - MOST_FINDINGS
        lines.append(f"  And {more} more: ./scripts/check_rules{folder} shows them all.")
    return "\n".join(lines)


def _csv_text(table: Table) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.schema.columns)
    for row in table.rows:
        writer.writerow(
            [_spelled(row, column, table.schema.kinds[column]) for column in table.schema.columns]
        )
    return text.getvalue()


def _spelled(row: Row, column: str, kind: Kind) -> str:
    """Returns a cell in the one spelling that every engine reads alike."""
    text = row.text(column)
    number = row.decimal(column) if kind == "number" else None
    if number is not None:
        return plain_number(number)
    if kind == "flag" and text:
        return "true" if flag_of(text) else "false"
    return re.sub(r"\r\n?", "\n", text)
