"""What a run on a server was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lead_scoring.postgres.build import ServerPlace
from lead_scoring.postgres.schemas import Schemas
from lead_scoring.published.options import RunOptions


@dataclass(frozen=True, kw_only=True)
class ServerOptions(RunOptions):
    """What a run was asked for on a server; input_schema: as for `build`."""

    server: Mapping[str, str]
    schemas: Schemas
    work_folder: Path
    input_schema: str | None = None

    def place(self, schemas: Schemas) -> ServerPlace:
        """Returns some of the server's schemas as a place where runs score as these options say."""
        return ServerPlace(
            self.server,
            schemas,
            self.work_folder,
            input_schema=self.input_schema,
            rules=self.rules,
            threads=self.threads,
            variables=self.dbt_variables,
            echo=self.echo,
        )
