"""Stories: runs one after another, as every engine that is compared makes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

# Of the tests of data the one without which a run would go on with rules that cannot apply.
BUILT = ("resource_type:seed", "resource_type:model", "assert_no_rule_is_invalid")


@dataclass(frozen=True)
class Run:
    """A run of a story: its inputs, rule tables, instant and settings."""

    name: str
    data: Path
    as_of: str
    rules: Path | None = None
    variables: Mapping[str, object] = field(default_factory=dict)
    select: Sequence[str] = BUILT
    typed: bool = False  # columns have the types of Parquet files on the other engine; else texts
    with_unit_tests: bool = False  # run dbt's unit tests on the other engine, on what it has built
