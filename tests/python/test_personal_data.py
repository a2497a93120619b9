"""Canaries in every text of the input: they may come out in lead_contacts, and nowhere else."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import pytest

from lead_scoring.places import places_of, work_file
from lead_scoring.project import PROJECT
from lead_scoring.rules.files import lay_out_rules
from lead_scoring.runs.project_read import READ_PROJECT
from lead_scoring.runs.runner import invoke, seen_from
from test_commands import AS_OF, call

COLUMNS: Mapping[str, str] = {
    "leads": "lead_id created_at email first_name last_name job_title company_name company_domain"
    " account_id industry employee_count annual_revenue country region city technologies"
    " budget_authority lead_source product_interest updated_at deleted_at comments",
    "events": "event_id lead_id event_type occurred_at loaded_at channel url asset session_id"
    " user_agent quantity remark",
    "outcomes": "lead_id outcome occurred_at loaded_at outcome_id amount reason owner memo",
    "lead_merges": "lead_id merged_into_lead_id merged_at why",
}
# Ids, accounts and owners are no personal data, and are what public tables are about.
SHOWN = {"lead_id", "event_id", "outcome_id", "merged_into_lead_id", "account_id"} | {
    "company_domain",
    "owner",
}
TIMES = {"created_at": "2026-01-01", "occurred_at": "2026-06-01"}
USABLE = {
    "event_type": "demo_requested",
    "outcome": "contacted",
    "employee_count": "5000",
    "lead_id": "ann",
    "merged_into_lead_id": "ann",
}
CANARY = "cnry"


def canary(table: str, column: str) -> str:
    """A word of its own for a column; where it is an address, a usable one."""
    word = f"{CANARY}{table[:4]}{column.replace('_', '')}"
    return f"{word}@{word}.example" if column == "email" else word


def rows_of(table: str, columns: list[str]) -> Iterator[list[str]]:
    """A row that is used, one that is quarantined for each column that must be usable, ..."""
    kept = {name: canary(table, name) for name in columns}
    kept |= {name: time for name, time in TIMES.items() if name in columns}
    kept |= dict.fromkeys(("updated_at", "deleted_at", "loaded_at", "merged_at"), "")
    kept |= {name: value for name, value in USABLE.items() if name in columns}
    first = kept | ({"lead_id": "bob"} if table == "lead_merges" else {})
    yield [first[name] for name in columns]
    if table == "leads":
        yield [(kept | {"lead_id": "bob", "deleted_at": "2026-05-01"})[name] for name in columns]
        yield [(kept | {"lead_id": "eve@mail.example"})[name] for name in columns]
    for name in (*TIMES, "event_type", "outcome", "employee_count", "updated_at", "merged_at"):
        if name in columns:
            yield [(kept | {name: canary(table, name)})[column] for column in columns]


# input_event_types names the types and outcomes of the input: the contract asks for it.
TYPES = {canary("events", "event_type"), canary("outcomes", "outcome")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("canaries")
    (made / "data").mkdir()
    for table, names in COLUMNS.items():
        columns = names.split()
        with (made / "data" / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([columns, *rows_of(table, columns)])
    return made


@pytest.fixture(scope="module")
def printed(folder: Path) -> str:
    """All that the commands print: a run, why a lead scores so, an export, and a broken input."""
    database = ("--database", folder / "x.duckdb")
    code, scored = call("--data", folder / "data", "--as-of", AS_OF, "--publish-anyway", *database)
    assert code == 0, scored
    code, exported = call("--to", folder / "export", *database, command="export handoffs")
    assert code == 0, exported
    code, kept = call("--to", folder / "export", *database, command="export scores")
    assert code == 0, kept
    code, written = call("--to", folder / "site", *database, command="site")
    assert code == 0, written
    broken = folder / "broken"
    broken.mkdir()
    for file in (folder / "data").iterdir():
        (broken / file.name).write_text(file.read_text() + f'{CANARY}broken,"{CANARY}open\n')
    code, refused = call("--data", broken, *database)
    assert code == 1, refused
    return scored + exported + kept + written + refused


def shown_words() -> set[str]:
    return {
        canary(table, name)
        for table, names in COLUMNS.items()
        for name in names.split()
        if name in SHOWN
    }


def texts_of(database: Path) -> set[str]:
    """Every distinct text of a database that holds a canary."""
    found: set[str] = set()
    with duckdb.connect(str(database), read_only=True) as connection:
        for schema, table in connection.execute(
            "select table_schema, table_name from information_schema.tables"
        ).fetchall():
            rows = f'select columns(*)::varchar from "{schema}"."{table}"'
            for row in connection.execute(rows).fetchall():
                found.update(cell for cell in row if cell and CANARY in cell)
    return found


def test_public_tables_hold_ids_accounts_and_types_only(printed: str, folder: Path) -> None:
    places = places_of(folder / "x.duckdb")
    texts = texts_of(places.database)
    assert {text for text in texts if text not in shown_words() | TYPES} == set()
    assert texts  # the test would find one
    assert f"{CANARY}leadfirstname" in texts_of(places.contacts)


def test_no_file_and_no_output_holds_a_canary(printed: str, folder: Path) -> None:
    words = shown_words()
    for file in folder.rglob("*"):
        relative = file.relative_to(folder).parts
        if relative[0] in ("data", "broken") or file.is_dir() or file.suffix == ".duckdb":
            continue
        content = file.read_bytes().decode(errors="replace")
        for word in words | (TYPES if relative[0] == "site" else set()):
            content = content.replace(word, "")
        assert CANARY not in content, file
    for word in words:
        printed = printed.replace(word, "")
    assert CANARY not in printed


def test_a_site_with_contacts_says_so_on_each_page(
    printed: str, folder: Path, tmp_path: Path
) -> None:
    said = call(
        *("--to", tmp_path / "site", "--with-contacts", "--database", folder / "x.duckdb"),
        command="site",
    )[1]
    assert "with names and e-mail addresses" in said
    files = [file for file in (tmp_path / "site").rglob("*") if file.is_file()]
    assert canary("leads", "email") in "".join(file.read_text("utf-8") for file in files)
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)
    pages = [file for file in files if file.suffix == ".html"]
    assert len(pages) == 7
    assert all("<b>With personal data.</b>" in page.read_text("utf-8") for page in pages)
    assert "With personal data" not in (folder / "site" / "index.html").read_text("utf-8")


def test_an_id_that_looks_like_an_address_is_warned_about(printed: str) -> None:
    assert "Ids of leads look like e-mail addresses" in printed
    assert "eve@mail" not in printed.split("The best ten open leads")[0]


@pytest.mark.parametrize("kind", ["headerless", "doubled", "workbook", "latin"])
def test_a_file_in_doubt_leaves_no_canary(folder: Path, tmp_path: Path, kind: str) -> None:
    """No cell of a file without header, of binary data or of another encoding is in a message."""
    shutil.copytree(folder / "data", tmp_path / "data")
    leads = tmp_path / "data" / "leads.csv"
    rows = leads.read_bytes().splitlines(keepends=True)
    leads.write_bytes(
        {
            "headerless": b"".join(rows[1:]),
            "doubled": b"lead_id,created_at," + b",".join([rows[1].split(b",")[2]] * 19),
            "workbook": b"PK\x03\x04" + b"".join(rows),
            "latin": b"".join(rows) + b"\xe9" + rows[1],
        }[kind]
    )
    code, refused = call("--data", tmp_path / "data", "--database", tmp_path / "x.duckdb")
    assert (code, "leads.csv" in refused, CANARY in refused) == (1, True, False)
    for file in tmp_path.rglob("*.*"):
        if file.is_file() and file.parent.name != "data":
            assert CANARY.encode() not in file.read_bytes(), file


def test_stored_failures_and_docs_hold_no_canary(
    printed: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All tests fail here that can: their rows are stored, as dbt offers."""
    work = folder / "own"
    database = work / "work.duckdb"
    # dbt reads the project as for the run, whose database had this name, and so not anew.
    (work / "target").mkdir(parents=True)
    shutil.copy2(folder / "x.run" / "target" / READ_PROJECT, work / "target")
    lay_out_rules(None, work / "project" / "seeds")
    shutil.copyfile(work_file(folder / "x.duckdb"), database)
    with duckdb.connect(str(database)) as connection:
        # Something is wrong with every row that a test may look at.
        connection.execute("update int_lead_scoring__scores set total_score = 200, stage = 'none'")
        connection.execute("update lead_scores set total_score = 1, status = 'x', grade = null")
        connection.execute("insert into int_lead_scoring__reasons from int_lead_scoring__reasons")
        connection.execute(
            "insert into int_lead_scoring__lead_versions from int_lead_scoring__lead_versions"
        )
        connection.execute("insert into stg_lead_scoring__leads from stg_lead_scoring__leads")
        connection.execute("insert into stg_lead_scoring__events from stg_lead_scoring__events")
    monkeypatch.setenv("DBT_PROJECT_DIR", str(PROJECT))
    monkeypatch.setenv("LEAD_SCORING_DATABASE", seen_from(work / "project", database))
    monkeypatch.setenv("LEAD_SCORING_DATA", str(folder / "data"))
    given = ("--vars", '{"lead_scoring_input_severity": "warn"}')
    tests = ("test", "--store-failures", "--exclude-resource-type", "unit_test")
    for arguments in (tests, ("docs", "generate")):
        invoke([*arguments, *given], work)
    with duckdb.connect(str(database), read_only=True) as connection:
        stored = connection.execute(
            "select count(*) from duckdb_tables() where schema_name like '%audit%'"
            " and estimated_size > 0"
        ).fetchall()
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where schema_name like '%audit%'"
        ).fetchall()
        texts = {
            cell
            for schema, table in tables
            for row in connection.execute(
                f'select columns(*)::varchar from "{schema}"."{table}"'
            ).fetchall()
            for cell in row
            if cell and CANARY in cell
        }
    assert stored[0][0] > 5
    assert {text for text in texts if text not in shown_words()} == set()
    assert (work / "target" / "catalog.json").is_file()
    for file in [*(work / "target").rglob("*.*"), *(work / "logs").rglob("*.*")]:
        assert file.is_dir() or CANARY.encode() not in file.read_bytes(), file
