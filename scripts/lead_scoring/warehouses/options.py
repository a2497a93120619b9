"""What a run in a warehouse was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lead_scoring.published.options import RunOptions
from lead_scoring.warehouses.schemas import Schemas


@dataclass(frozen=True, kw_only=True)
class WarehouseOptions(RunOptions):
    """What a run was asked for; schemas: the published ones; input_schema: as for `build`."""

    schemas: Schemas
    work_folder: Path
    input_schema: str | None = None
