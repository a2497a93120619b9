"""Pages of the public tables, made of the YAML beside the models: grain, columns, tests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from lead_scoring.rules.rule_tables import MODELS, described, docs_blocks
from lead_scoring_workshop.site.markdown import grid, plain

FOLDER = "reference/tables"
GROUPS = {
    "marts": ("Daily tables", "A run makes each of them anew, as of its instant."),
    "evidence": (
        "Tables of evidence",
        "There only where the var `lead_scoring_evidence` asks for them, as "
        "`./scripts/lead-scoring review` does, in a database of their own.",
    ),
}
NOT_NULL = re.compile(r"^(\w+) is not null$")


@dataclass(frozen=True)
class Tested:
    """What a table's tests say of it. keys: sets of columns in which no two rows are alike."""

    keys: list[list[str]]
    filled: set[str]  # columns that are never null
    conditions: list[str]  # SQL that holds for every row
    values: dict[str, list[str]]  # column -> the only values that it has


def table_pages(models: Path = MODELS) -> dict[str, str]:
    """Returns the text of every page by its path: one for each public table, and an index.

    Raises KeyError where a description names docs that do not exist.
    """
    blocks = docs_blocks(models)
    pages: dict[str, str] = {}
    lines = ["# Tables", "", "What each column holds, and what is tested of it in every run."]
    for folder, (heading, words) in GROUPS.items():
        found = sorted(_models(models / folder), key=lambda model: str(model["name"]))
        rows = [(f"[{one['name']}]({one['name']}.md)", _described(one, blocks)) for one in found]
        lines += ["", f"## {heading}", "", words, "", *grid(("table", "what it holds"), rows)]
        pages |= {f"{FOLDER}/{one['name']}.md": _page(one, blocks) for one in found}
    pages[f"{FOLDER}/index.md"] = "\n".join([*lines, ""])
    return pages


def _models(folder: Path) -> Iterator[Mapping[str, Any]]:
    for path in sorted(folder.glob("*.yml")):
        properties = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        yield from properties.get("models", [])


def _page(model: Mapping[str, Any], blocks: Mapping[str, str]) -> str:
    tests = _tests(model)
    lines = [f"# {model['name']}", "", _described(model, blocks)]
    for key in tests.keys:
        lines += ["", f"No two rows are alike in {_listed(key)}."]
    lines += ["", "## Columns", ""]
    rows = []
    for column in model["columns"]:
        name = str(column["name"])
        filled = name in tests.filled or "not_null" in _constraints(column)
        rows.append(
            (
                f"`{name}`",
                plain(str(column["data_type"])),
                "never" if filled else "",
                _described(column, blocks),
            )
        )
    lines += grid(("column", "type", "null", "meaning"), rows)
    if tests.conditions or tests.values:
        lines += ["", "## What holds for every row", ""]
        lines += [f"- `{_one_line(condition)}`" for condition in tests.conditions]
        lines += [
            f"- `{column}` is one of {', '.join(f'`{value}`' for value in values)}"
            for column, values in tests.values.items()
        ]
    return "\n".join([*lines, ""])


def _tests(model: Mapping[str, Any]) -> Tested:
    found = Tested([], set(), [], {})
    for check in model.get("constraints", []):
        if check["type"] == "check":
            found.conditions.append(str(check["expression"]))
    for name, arguments in _data_tests(model):
        if name == "unique_combination":
            found.keys.append([str(column) for column in arguments["columns"]])
        elif name == "accepted_values":
            values = [str(value) for value in arguments["values"]]
            found.values[str(arguments["column_name"])] = values
        elif name == "always_true":
            for condition in map(str, arguments["conditions"]):
                if column := NOT_NULL.match(condition):
                    found.filled.add(column[1])
                else:
                    found.conditions.append(condition)
    return found


def _data_tests(model: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yields name and arguments of each test, those of columns with the column's name."""
    nodes = [
        (model, {}),
        *((column, {"column_name": column["name"]}) for column in model["columns"]),
    ]
    for node, place in nodes:
        for test in node.get("data_tests", []):
            if isinstance(test, dict):
                ((name, details),) = (
                    (key, test[key]) for key in test if key not in ("name", "config")
                )
                yield name, {**place, **(details or {}).get("arguments", {})}
            else:
                yield str(test), place


def _constraints(column: Mapping[str, Any]) -> set[str]:
    return {str(constraint["type"]) for constraint in column.get("constraints", [])}


def _described(node: Mapping[str, Any], blocks: Mapping[str, str]) -> str:
    return plain(described(node, blocks))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _listed(names: list[str]) -> str:
    words = [f"`{name}`" for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
