"""The rule tables as the seeds' own YAML describes them, for pages that people read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from lead_scoring.rules.files import PREFIX, SEEDS

MODELS = SEEDS.parent / "models"
# By a word of the type, which engines have several names for: what people call it.
KINDS = {"varchar": "text", "numeric": "number", "boolean": "true or false"}
DOCS_BLOCK = re.compile(r"{%-?\s*docs\s+(\w+)\s*-?%}(.*?){%-?\s*enddocs\s*-?%}", re.DOTALL)
DOCS_CALL = re.compile(r"{{\s*doc\(\s*['\"](\w+)['\"]\s*\)\s*}}")


@dataclass(frozen=True)
class Column:
    """A column of a rule table. holds: text, number, or true or false."""

    name: str
    holds: str
    description: str


@dataclass(frozen=True)
class RuleTable:
    """A rule table by its contract name; key: the columns in which no two rows are alike."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    source: Path  # the YAML file that describes it


def read_rule_tables(seeds: Path = SEEDS, models: Path = MODELS) -> list[RuleTable]:
    """Returns every rule table, in the order of its name. Raises KeyError for unknown docs."""
    blocks = docs_blocks(seeds) | docs_blocks(models)
    tables = []
    for path in sorted(seeds.glob("*.yml")):
        properties = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        tables += [_table(seed, blocks, path) for seed in properties.get("seeds", [])]
    return sorted(tables, key=lambda table: table.name)


def docs_blocks(folder: Path) -> dict[str, str]:
    """Returns the docs blocks of a folder's Markdown files, each as one line."""
    return {
        name: _one_line(text)
        for path in sorted(folder.rglob("*.md"))
        for name, text in DOCS_BLOCK.findall(path.read_text(encoding="utf-8"))
    }


def _kind(column_type: str) -> str:
    """Returns what a column of a seed holds, in words."""
    return next(kind for name, kind in KINDS.items() if name in column_type)


def _table(seed: Mapping[str, Any], blocks: Mapping[str, str], source: Path) -> RuleTable:
    types = seed["config"]["column_types"]
    keys = [
        test["unique_combination"]["arguments"]["columns"]
        for test in seed.get("data_tests", [])
        if isinstance(test, dict) and "unique_combination" in test
    ]
    return RuleTable(
        name=str(seed["name"]).removeprefix(PREFIX),
        description=described(seed, blocks),
        columns=tuple(
            Column(
                name=str(column["name"]),
                holds=_kind(str(types[column["name"]])),
                description=described(column, blocks),
            )
            for column in seed["columns"]
        ),
        key=tuple(keys[0]) if keys else (),
        source=source,
    )


def described(node: Mapping[str, Any], blocks: Mapping[str, str]) -> str:
    """Returns a node's description as one line, with the docs blocks that it names."""
    return DOCS_CALL.sub(lambda call: blocks[call[1]], _one_line(node.get("description", "")))


def _one_line(text: str) -> str:
    return " ".join(text.split())
