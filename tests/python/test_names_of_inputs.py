"""Columns of an input may have any name, those that the models use themselves too."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from lead_scoring.data.folder import create_views, demo_folder
from lead_scoring.model_expressions import Project
from lead_scoring.project import PROJECT
from lead_scoring.reading.headers import REQUIRED_COLUMNS, identifier, literal
from lead_scoring.rules.files import SEEDS
from lead_scoring.rules.rule_set import read_rule_set
from lead_scoring.runs import runner
from lead_scoring_workshop.engines.same_tables import all_tables, compare, tables_of_file

AS_OF = "2026-06-30T12:00:00Z"
# What describes the input, and what tells runs apart.
OF_THE_INPUT = {"input_columns", "run_log", "stg_lead_scoring__input_columns"}


# What reads columns of an input beside its own.
READERS = ("models/inputs", "models/scores/leads", "macros/inputs", "macros/adapters/unpivoted.sql")


def names_in_models() -> set[str]:
    """Every name that the models next to the inputs give a column."""
    found: set[str] = set()
    for reader in READERS:
        place = PROJECT / reader
        for path in place.rglob("*.sql") if place.is_dir() else [place]:
            found.update(re.findall(r"\bas ([a-z][a-z_0-9]*),?$", path.read_text(), re.MULTILINE))
    return found | {"attribute", "value"}


def write_leads(folder: Path, names: set[str]) -> Path:
    """Writes a hundredth of the demo, each table with a column of every name that is neither the
    contract's, nor derived, nor an attribute that the rules declare."""
    folder.mkdir()
    project = Project()
    declared = {row["attribute"] for row in read_rule_set(SEEDS).tables["attributes"]}
    taken = declared | set(project.macro("derived_attributes")())
    with duckdb.connect() as files:
        create_views(files, demo_folder())
        for table in REQUIRED_COLUMNS:
            own = set(project.macro("input_contract")(table)["columns"])
            own |= {row[0] for row in files.execute(f"describe inputs.main.{table}").fetchall()}
            further = sorted(names - taken - own)
            cells = "".join(f", 'of {name}' as {identifier(name)}" for name in further)
            files.execute(
                f"copy (select *{cells} from inputs.main.{table} where lead_id like '%07')"
                f" to {literal(folder / f'{table}.csv')}"
            )
    return folder


def test_a_column_may_have_any_name(tmp_path: Path) -> None:
    databases = []
    for name, names in (("plain", set[str]()), ("all", names_in_models())):
        data = write_leads(tmp_path / name, names)
        # Under one name: dbt reads the project once.
        databases.append(tmp_path / f"run_{name}" / "scores.duckdb")
        runner.score(data=data, as_of=AS_OF, database=databases[-1], with_tests=False)
    ours, theirs = (tables_of_file(database) for database in databases)
    tables = [table for table in all_tables() if table not in OF_THE_INPUT]
    differences = compare(ours, theirs, [table for table in tables if ours(table) is not None])
    public = [each for each in differences if not each.table.startswith(("stg_", "int_"))]
    assert [str(each) for each in public] == []
