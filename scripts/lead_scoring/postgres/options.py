"""What a run on a server was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lead_scoring.postgres.build import ServerPlace
from lead_scoring.warehouses.options import WarehouseOptions
from lead_scoring.warehouses.schemas import Schemas


@dataclass(frozen=True, kw_only=True)
class ServerOptions(WarehouseOptions):
    """What a run was asked for on a server."""

    server: Mapping[str, str]

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
