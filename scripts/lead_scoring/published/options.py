"""What a run that is to be published was asked for, wherever its tables lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lead_scoring.published.monitors import Limits


@dataclass(frozen=True, kw_only=True)
class RunOptions:
    """What a run was asked for on every engine; rules, ...: as for `runner.score`."""

    rules: Path | None = None
    as_of: str | None = None
    threads: int | None = None
    full_refresh: bool = False
    variables: Mapping[str, object] | None = None
    keep: int = 3  # versions that stay, the new one included
    limits: Limits = field(default_factory=Limits)
    publish_anyway: bool = False
    echo: bool = False

    @property
    def dbt_variables(self) -> Mapping[str, object] | None:
        """The variables of the run, and that what holds it back is to be a warning."""
        if not self.publish_anyway:
            return self.variables
        return {**(self.variables or {}), "lead_scoring_input_severity": "warn"}
