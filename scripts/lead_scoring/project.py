"""Where the project lies, how its command is called, and what its dbt_project.yml sets."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
# The file that is published unless another is named.
DATABASE = PROJECT / "build" / "lead_scoring.duckdb"
# Vars by which inputs are read, by the names that they have in the environment too.
READ_BY = ("input_time_zone", "date_order")


def called(words: str) -> str:
    """Returns how a person calls a command, by its name and arguments: called("check data")."""
    return f"./scripts/lead-scoring {words}"


def declared_variables() -> dict[str, object]:
    """Returns the vars of dbt_project.yml: those of every package, and over them those of its own.

    Whoever looks at inputs before dbt does is to read them as dbt will.
    """
    import yaml  # commands that look at no inputs do not wait for it

    text = (PROJECT / "dbt_project.yml").read_text(encoding="utf-8")
    declared = yaml.safe_load(text).get("vars") or {}
    own = declared.get("lead_scoring")
    return {**declared, **(own if isinstance(own, dict) else {})}


def inputs_as_read() -> dict[str, object]:
    """Returns dbt's vars by which inputs are read: the environment's, else the project's."""
    declared = declared_variables()
    found = {
        f"lead_scoring_{name}": os.environ.get(f"LEAD_SCORING_{name.upper()}")
        or declared.get(f"lead_scoring_{name}")
        for name in READ_BY
    }
    return {name: value for name, value in found.items() if value}
