"""Writes the pages of docs/reference/rules: one per rule table, the operators, and the index."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from lead_scoring.rules.decay_curves import curve_words, read_curve
from lead_scoring.rules.files import PREFIX
from lead_scoring.rules.rule_set import RuleSet, plain
from lead_scoring.rules.rule_tables import RuleTable
from lead_scoring.rules.words import OPERATORS, TYPES, fits, operator_words
from lead_scoring.rules.worked_rows import explained_cells, row_words, worked_row
from lead_scoring_workshop.site.markdown import grid

AGES = (0, 15, 30, 45, 60, 90, 120)
PLOT = "decay_curves.svg"
MADE = "<!-- Made by ./scripts/workshop document rules from {source}. Do not edit it here. -->"
# A value for each operator, to show its words.
EXAMPLES = {
    "in": "vp|director",
    "not_in": "student|intern",
    "contains": "/pricing",
    "starts_with": "head of",
    "ends_with": ".edu",
    "has_word": "director",
    "gte": "100",
    "lte": "9",
    "between": "100..999",
    "within_last_days": "30",
    "within_next_days": "90",
    "is_empty": "",
    "is_not_empty": "",
    "in_list": "competitor",
    "not_in_list": "competitor",
}


def rule_pages(tables: Sequence[RuleTable], rule_set: RuleSet) -> dict[str, str]:
    """Returns the text of every page by its file name."""
    pages = {f"{table.name}.md": _table_page(table, rule_set) for table in tables}
    pages["operators.md"] = _operators_page()
    pages["README.md"] = _index(tables)
    return pages


def _table_page(table: RuleTable, rule_set: RuleSet) -> str:
    lines = [
        MADE.format(source=f"seeds/{table.source.name}"),
        "",
        f"# {table.name}",
        "",
        table.description,
        "",
        f"The project's own rows stand in `seeds/{PREFIX}{table.name}.csv`. In a folder of your",
        f"own, given by `--rules`, the file is `{table.name}.csv`.",
    ]
    if table.key:
        lines.append(f"No two rows are alike in {_listed(table.key)}.")
    lines += ["", "## Columns", ""]
    lines += _grid(
        ("column", "holds", "meaning"),
        [(f"`{each.name}`", each.holds, each.description) for each in table.columns],
    )
    rows = rule_set.tables[table.name]
    if rows:
        row = worked_row(rows)
        header = [column.name for column in table.columns]
        lines += ["", "## A worked row", "", "```csv", _csv(header), _csv(row.values()), "```", ""]
        lines += _grid(
            ("column", "cell", "meaning"),
            [
                (f"`{column}`", f"`{cell}`" if cell else "", meaning)
                for column, cell, meaning in explained_cells(rule_set, table, row)
            ],
        )
        words = row_words(rule_set, table.name, row)
        lines += ["", f"In words: {words}"] if words else []
    if table.name == "decay_curves":
        lines += _curves(rule_set)
    if "operator" in header_of(table):
        lines += ["", "What each operator does: [operators](operators.md)."]
    return "\n".join(lines) + "\n"


def header_of(table: RuleTable) -> list[str]:
    """Returns the names of a table's columns."""
    return [column.name for column in table.columns]


def _curves(rule_set: RuleSet) -> list[str]:
    curves = [read_curve(row) for row in rule_set.tables["decay_curves"]]
    lines = ["", "## What is left of ten points", "", "By the days on the curve's clock.", ""]
    lines += _grid(
        ("curve", "in words", *map(str, AGES)),
        [
            (
                f"`{curve.decay}`",
                curve_words(curve),
                *(plain(curve.points(age)) for age in AGES),
            )
            for curve in curves
        ],
    )
    return [*lines, "", f"![What is left of ten points, by curve and days]({PLOT})"]


def _operators_page() -> str:
    lines = [
        MADE.format(source="scripts/lead_scoring/rules/words.py"),
        "",
        "# Operators",
        "",
        "How a condition compares an attribute with a value. The attribute's type, from",
        "[attributes](attributes.md), says which operators fit; other pairs are refused.",
        "Text is compared without regard to case or outer blanks. A missing attribute satisfies",
        "`is_empty` alone.",
        "",
    ]
    lines += _grid(
        ("operator", *TYPES, "holds where the attribute", "for example"),
        [
            (
                f"`{name}`",
                *("yes" if fits(name, type_) else "" for type_ in TYPES),
                operator.holds,
                _example(name),
            )
            for name, operator in OPERATORS.items()
        ],
    )
    lines += [
        "",
        "A `list` attribute satisfies a positive operator if one of its entries does, a negative",
        "one (`not_equals`, `not_in`, `not_in_list`) if it has entries and none does.",
        "",
        "A condition of `history` compares the number of events, by `equals`, `gte` or `lte`:",
        f"`equals` `0` reads {operator_words('equals', '0', of='history')} times.",
    ]
    return "\n".join(lines) + "\n"


def _example(operator: str) -> str:
    value = EXAMPLES.get(operator, "vp")
    return (
        f"`{_escaped(value)}`: {operator_words(operator, value)}"
        if value
        else (operator_words(operator, value))
    )


def _index(tables: Sequence[RuleTable]) -> str:
    lines = [
        MADE.format(source="seeds/*.yml"),
        "",
        "# The rule tables",
        "",
        "Every score is made by the rows of these tables. Edit them as CSV.",
        "",
    ]
    lines += _grid(
        ("table", "what it holds"),
        [(f"[{table.name}]({table.name}.md)", table.description) for table in tables],
    )
    lines += [
        "",
        "How conditions compare: [operators](operators.md).",
        "How points fade: [decay curves](decay_curves.md).",
        "",
        "A scorecard in sentences: `./scripts/lead-scoring describe rules SCORECARD`.",
    ]
    return "\n".join(lines) + "\n"


def _grid(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    # These pages are read on code hosts too, where a bar in code ends the cell.
    return grid([*map(_escaped, header)], [[*map(_escaped, row)] for row in rows])


def _escaped(cell: str) -> str:
    return cell.replace("\\|", "|").replace("|", "\\|")


def _csv(cells: object) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="").writerow(cells)  # type: ignore[arg-type]
    return text.getvalue()


def _listed(names: Sequence[str]) -> str:
    words = [f"`{name}`" for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
