"""The names of the schemas that a run's tables lie in, by the name of the first."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from lead_scoring.runs.failures import RunFailed

# As the project's dbt_project.yml has them: nothing, and what it sets by +schema.
PARTS = ("", "_contacts", "_private")
# With the name of a run and the longest part a name must not exceed 63 bytes on PostgreSQL.
_NAME = re.compile(r"[a-z_][a-z0-9_]{0,39}")


@dataclass(frozen=True)
class Schemas:
    """The schemas of one run, by the name of the first."""

    name: str

    @property
    def parts(self) -> list[str]:
        """Their names: of public tables, contacts, private tables."""
        return [f"{self.name}{part}" for part in PARTS]

    @property
    def private(self) -> str:
        """The schema with the private tables."""
        return self.parts[-1]

    def beside(self, word: object) -> Schemas:
        """Those of the same name and another word, such as an earlier run's."""
        return Schemas(f"{self.name}_{word}")


def schemas_of_environment() -> Schemas:
    """Returns the schemas that the profile names too. Raises RunFailed as `schemas_of`."""
    return schemas_of(os.environ.get("LEAD_SCORING_SCHEMA", "lead_scoring"))


def schemas_of(name: str) -> Schemas:
    """Returns the schemas of a name. Raises RunFailed where none can be named so."""
    if not _NAME.fullmatch(name) or name in ("public", "default"):
        raise RunFailed(
            f"LEAD_SCORING_SCHEMA is {name!r}. Name a schema that is lead_scoring's alone, of at "
            "most 40 small letters, digits and _."
        )
    return Schemas(name)
