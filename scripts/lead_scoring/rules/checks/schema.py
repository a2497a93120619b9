"""The rule tables as the seeds' own YAML describes them: columns, types and keys."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import yaml

from lead_scoring.project import PROJECT

PREFIX = "lead_scoring__"
SEEDS = PROJECT / "seeds"
# The tables of predictions, which training writes and approval adds to.
PREDICTIONS = (
    "predictions",
    "prediction_features",
    "prediction_bins",
    "prediction_calibration",
    "prediction_approvals",
)
Kind = Literal["text", "number", "flag"]
# By a word of the type, which engines have several names for.
KINDS: dict[str, Kind] = {"varchar": "text", "numeric": "number", "boolean": "flag"}


@dataclass(frozen=True)
class Schema:
    """One rule table, named as the contract names it."""

    name: str
    columns: tuple[str, ...]  # in the order of the seed's properties
    kinds: dict[str, Kind]  # column -> what its cells hold
    key: tuple[str, ...]
    # dbt copies the file as it is, so the word null is a text there; elsewhere it reads as blank.
    is_copied: bool


@cache
def schemas() -> dict[str, Schema]:
    """Returns the schema of each rule table by its name."""
    found = {}
    for path in sorted(SEEDS.glob("*.yml")):
        properties = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        for seed in properties.get("seeds", []):
            schema = _schema(seed)
            found[schema.name] = schema
    return found


def _schema(seed: dict[str, Any]) -> Schema:
    config = seed["config"]
    keys = [
        test["unique_combination"]["arguments"]["columns"]
        for test in seed.get("data_tests", [])
        if "unique_combination" in test
    ]
    return Schema(
        name=str(seed["name"]).removeprefix(PREFIX),
        columns=tuple(str(column["name"]) for column in seed["columns"]),
        kinds={
            str(name): next(kind for word, kind in KINDS.items() if word in str(column_type))
            for name, column_type in config["column_types"].items()
        },
        key=tuple(keys[0]) if keys else (),
        is_copied=bool(config.get("fast", False)),
    )
