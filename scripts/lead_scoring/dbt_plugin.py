"""The plugin by which dbt-duckdb sees the files of an input folder.

It stands apart from `input_files`: whoever looks at files before a run need not load dbt.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin

from lead_scoring.data.folder import create_views, demo_folder
from lead_scoring.exports import Maps
from lead_scoring.places import is_published
from lead_scoring.project import called
from lead_scoring.reading.headers import literal
from lead_scoring.reading.kinds import InputError
from lead_scoring.settings import SettingError, inputs_as_read

# What the environment may say of DuckDB: the variable, DuckDB's own setting, an example.
LIMITS = (
    ("LEAD_SCORING_MEMORY_LIMIT", "memory_limit", "8GB"),
    ("LEAD_SCORING_CORES", "threads", "2"),
)


class Plugin(BasePlugin):
    """The dbt-duckdb plugin. LEAD_SCORING_DATA names the input folder; blank: the demo.

    LEAD_SCORING_MEMORY_LIMIT ("8GB") and LEAD_SCORING_CORES ("2") are read here because no value of
    DuckDB's means its default.
    """

    def initialize(self, plugin_config: dict[str, Any]) -> None:
        """Keeps the folder. Files are looked at when dbt connects, so that parsing needs none."""
        self._data = os.environ.get("LEAD_SCORING_DATA", "")
        self._limits = [
            (limit, setting, example, value)
            for limit, setting, example in LIMITS
            if (value := os.environ.get(limit, ""))
        ]
        self._new_database: Path | None = None

    def update_connection_config(self, creds: Any, config: dict[str, Any]) -> None:
        """Makes the folder of the database file, and a new file that only its owner may read.

        Raises InputError where the file is the one that readers open.
        """
        if creds.path == ":memory:":
            return
        database = Path(creds.path)
        if is_published(database):
            raise InputError(
                f"{database} is what readers see, and only {called('score')} publishes there. "
                "Set LEAD_SCORING_DATABASE to a file of your own, such as build/dbt.duckdb."
            )
        database.parent.mkdir(parents=True, exist_ok=True)
        self._new_database = None if database.exists() else database

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Makes the views. Every cursor of the connection sees them.

        Raises InputError where a limit or the folder cannot be used.
        """
        if self._new_database is not None:
            self._new_database.chmod(0o600)  # private tables hold names and addresses
        for limit, setting, example, value in self._limits:
            try:
                conn.execute(f"set {setting} = {literal(value)}")
            except duckdb.Error as error:
                raise InputError(f"{limit} is {value}: {error}. Write it like {example}.") from None
        create_views(conn, Path(self._data) if self._data else demo_folder(), _maps())


def _maps() -> Maps:
    """What decides how exports are read: the rule tables of this run, and how it reads times.

    Raises InputError where a setting cannot be used.
    """
    seeds = Path.cwd() / "seeds"
    try:
        read = inputs_as_read()
    except SettingError as error:
        raise InputError(str(error)) from None
    return Maps(seeds, variables=read) if seeds.is_dir() else Maps(variables=read)
