"""Rule files changed at random: what the check accepts, dbt loads whole and scores rightly.

`pytest tests/python/test_rule_fuzz.py --fuzz 5000` tries more of them.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comparison import compare_run, report
from generate.dice import HypothesisDice, SeededDice, SeedRow
from generate.packs import Case, Pack, seeded_pack
from generate.world import World
from lead_scoring.rules.checks import check_folder
from lead_scoring.rules.checks.schema import schemas
from lead_scoring.rules.files import lay_out_rules
from lead_scoring.runs import runner
from oracle.text import FLAGS, trim
from rule_files.changes import Files, good_files, write
from rule_files.fuzz import change_files
from rule_files.loading import RuleModels, invalid_rules

Cell = str | Decimal | bool | None
TRIES_A_RUN = 60


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> RuleModels:
    """The models up to invalid_rules, as dbt compiles them."""
    folder = tmp_path_factory.mktemp("compiled")
    data, rules = seeded_pack(1, 1).write(folder)
    database = folder / "scores.duckdb"
    with runner.keeping_artifacts():
        runner.score(
            data=data, rules=rules, database=database, select=["+invalid_rules"], with_tests=False
        )
    return RuleModels(database.with_suffix(".run"))


@st.composite
def changed_files(draw: st.DrawFn) -> Files:
    """The good tables after one to three changes."""
    dice = HypothesisDice(draw)
    files = good_files()
    for _ in range(dice.number(1, 3)):
        files = change_files(dice, files)
    return files


def test_what_is_accepted_loads_whole_and_no_rule_is_invalid(
    models: RuleModels, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    count = request.config.getoption("--fuzz")
    fates: Counter[str] = Counter()

    @settings(
        max_examples=count,
        deadline=None,
        derandomize=count <= 200,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(changed_files())
    def accepted_files_load(files: Files) -> None:
        folder = tmp_path / "tried"
        shutil.rmtree(folder, ignore_errors=True)
        rules = write(files, folder / "rules")
        if is_refused(rules):
            fates["refused"] += 1
            return
        fates["accepted"] += 1
        lay_out_rules(rules, folder / "seeds")
        with models.load(folder / "seeds") as connection:
            assert invalid_rules(connection) == []
            for table in schemas().keys() & {name.removesuffix(".csv") for name in files}:
                assert loaded(connection, table) == meant(files, table), table

    accepted_files_load()
    print(dict(fates))
    assert fates["accepted"] * 5 > fates["refused"], "most changes are refused: the fuzzer is dull"


def is_refused(rules: Path) -> bool:
    """Whether the check refuses a folder; whatever it finds has a mend."""
    findings = check_folder(rules)
    assert all(finding.problem and finding.mend for finding in findings)
    return any(finding.is_refusal for finding in findings)


def loaded(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[Cell, ...]]:
    """The rows of a seed in the database, numbers as decimals."""
    columns = schemas()[table].columns
    query = f"select {', '.join(columns)} from lead_scoring__{table}"
    return [(*row[:-1], meant_note(row[-1] or "")) for row in connection.execute(query).fetchall()]


def meant(files: Files, table: str) -> list[tuple[Cell, ...]]:
    """The rows that a file means, read without the project's own code."""
    schema = schemas()[table]
    return [
        (
            *(meant_cell(row.get(name, ""), schema.kinds[name]) for name in schema.columns[:-1]),
            meant_note(row.get("note", "")),
        )
        for row in rows_of(files[f"{table}.csv"])
    ]


def rows_of(content: bytes) -> Iterator[SeedRow]:
    """The rows of a file as written, without blank ones."""
    records = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    header = next(records)
    for record in records:
        if any(trim(cell) for cell in record):
            yield dict(zip(header, record, strict=True))


def meant_cell(cell: str, kind: str) -> Cell:
    text = trim(cell)
    if text is None:
        return None
    if kind == "number":
        return Decimal(text)
    if kind == "flag":
        return FLAGS[text.lower()]
    return text


def meant_note(cell: str) -> Cell:
    """A note: nothing depends on it, so dbt may read the word null and odd blanks as none."""
    text = trim(cell)
    if text is None or text.strip().lower() in ("", "null"):
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_what_is_accepted_scores_as_the_oracle_says(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Many accepted changes at once in one run, for the oracle reads the files as they are."""
    runs = max(1, request.config.getoption("--fuzz") // 200)
    for seed in range(runs):
        folder = tmp_path / str(seed)
        pack = seeded_pack(seed, 4)
        data, rules = pack.write(folder)
        dice = SeededDice(Random(seed))
        files = {path.name: path.read_bytes() for path in rules.iterdir()}
        kept = 0
        for number in range(TRIES_A_RUN):
            tried = change_files(dice, files)
            if tried != files and not is_refused(write(tried, folder / "tries" / str(number))):
                files, kept = tried, kept + 1
        result = runner.score(
            data=data,
            rules=write(files, folder / "changed"),
            as_of=pack.world.as_of,
            database=folder / "run" / "scores.duckdb",
            variables=pack.variables,
            with_tests=False,
        )
        changed = pack_by(pack, files)
        found = compare_run(changed, [changed.oracle().at(pack.world.now)], result.database)
        assert kept > TRIES_A_RUN // 10
        assert not found, f"seed {seed}, {kept} changes: {report(found, changed)}"


def pack_by(pack: Pack, files: Files) -> Pack:
    """The pack with the rules of the files."""
    seeds = {name.removesuffix(".csv"): list(rows_of(content)) for name, content in files.items()}
    world = World(pack.world.as_of, pack.world.settings, seeds, pack.world.ages)
    return Pack(world, [Case(case.number, {}, case.inputs) for case in pack.cases])
