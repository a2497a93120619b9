"""Published runs whose tables are kept: which readers see, and which one to go back to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lead_scoring.published.record import RunRecord
from lead_scoring.warehouses.schemas import Schemas


@dataclass(frozen=True)
class Version:
    """A published run, and its schemas."""

    schemas: Schemas
    records: Sequence[RunRecord]  # the runs that led to it, itself the last
    is_current: bool

    @property
    def run_id(self) -> str | None:
        """The run that made it; None where it was built without publication."""
        return self.records[-1].run_id if self.records else None

    @property
    def name(self) -> str:
        """What people call it: its run, else its schema."""
        return self.run_id or self.schemas.name

    @property
    def number(self) -> int:
        """Its place in the order of runs; 0 where it was built without publication."""
        return int(self.run_id.split("-")[0]) if self.run_id else 0


def current_of(found: Sequence[Version]) -> Version | None:
    """Returns the version that readers see, None before the first."""
    return next((version for version in found if version.is_current), None)


def next_run_id(found: Sequence[Version], started_at: datetime) -> str:
    """Returns the id of a run that begins now: one number higher than all others, and the time."""
    numbers = [int(record.run_id.split("-")[0]) for each in found for record in each.records]
    return f"{max(numbers, default=0) + 1:06d}-{started_at:%Y%m%dT%H%M%SZ}"


def version_to_go_back_to(found: Sequence[Version], run: str) -> Version:
    """Returns the version of a run, named by its id or number, or `previous`.

    found: the newest first. Raises LookupError, which names those that there are.
    """
    current = current_of(found)
    if run == "previous":
        chosen = [each for each in found if current and each.number < current.number]
    else:
        chosen = [each for each in found if run in (each.run_id, str(each.number))]
    if not chosen:
        names = [version.name for version in found]
        wanted = "earlier run" if run == "previous" else f"run {run}"
        raise LookupError(
            f"There is no {wanted} to go back to. Kept: {', '.join(names) or 'none'}."
        )
    return chosen[0]
