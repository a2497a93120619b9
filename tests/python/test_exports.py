"""Which tool wrote an export, how its file is read, and a map for any other tool."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from connector_reading import read, write
from connector_rows import contact
from lead_scoring.commands.app import app
from lead_scoring.data.checks import check_folder as check_data_folder
from lead_scoring.data.folder import InputError, create_views, find_files
from lead_scoring.exports import Maps, create_export_views, exports_of, maps_of
from lead_scoring.exports.header import export_query
from lead_scoring.exports.recognition import MARKS, TOOLS, table_seen, tables_of, tool_of
from lead_scoring.model_expressions import Project
from lead_scoring.reading.csv_files import csv_query
from lead_scoring.reading.parquet_files import parquet_query
from lead_scoring.rules.checks import check_folder
from lead_scoring.rules.checks.schema import schemas
from lead_scoring.rules.rule_set import read_rule_set
from lead_scoring.suggest import first_rules
from lead_scoring.suggest.suggestion import event_types_of

HEADERS = {
    ("hubspot", "contact"): "Record ID,First Name,Last Name,Email,Lead Status,Create Date",
    ("hubspot", "deal"): "Record ID,Deal Name,Deal Stage,Close Date,Amount",
    ("hubspot", "company"): "Record ID,Company name,Company Domain Name,Create Date",
    ("salesforce", "lead"): "Lead ID,First Name,Last Name,Company / Account,Lead Status",
    ("salesforce", "contact"): "Contact ID,First Name,Last Name,Account Name,Title,Email",
    ("salesforce", "opportunity"): "Opportunity ID,Account Name,Stage,Amount,Close Date",
    ("segment", "tracks"): "id,anonymous_id,user_id,event,timestamp,received_at,sent_at",
    ("snowplow", "events"): "event_id,collector_tstamp,user_id,event_name",
    ("ga4", "event"): "event_date,event_timestamp,event_name,user_pseudo_id,stream_id",
}


@pytest.mark.parametrize(("place", "header"), HEADERS.items(), ids=lambda each: each[0])
def test_an_export_is_known_by_its_header(
    place: tuple[str, str], header: str, tmp_path: Path
) -> None:
    path = tmp_path / "export.csv"
    path.write_text(f"\ufeff{header}\n", encoding="utf-8")
    assert tool_of(path) == place[0]
    assert table_seen(path, place[0]) == place[1]


@pytest.mark.parametrize("header", ["id,name", "lead_id,created_at,email", "user_id,event"])
def test_what_leaves_doubt_is_no_export(header: str, tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text(f"{header}\n")
    assert tool_of(path) is None
    assert exports_of(tmp_path) is None


def test_the_contract_s_own_tables_are_no_export(tmp_path: Path) -> None:
    events = {"event_id": "", "collector_tstamp": "", "user_id": ""}
    write(tmp_path, {"events.csv": [events]})
    found = exports_of(tmp_path)
    assert found is not None
    assert found.is_recognised
    write(tmp_path, {"leads.csv": [{"lead_id": "", "created_at": ""}]})
    assert exports_of(tmp_path) is None
    with pytest.raises(InputError, match="has no file for the table outcomes"):
        find_files(tmp_path)
    found = exports_of(tmp_path, "snowplow")
    assert found is not None
    assert not found.is_recognised


def test_what_is_read_is_said_and_what_is_not(tmp_path: Path) -> None:
    for name in ("deals.xlsx", "notes.md", "README.txt", ".hidden.csv"):
        (tmp_path / name).write_text("Exported by me, twice")
    for name in ("hubspot/lists (1).csv", "calls/2026/part-0.parquet", "hubspot/.cache/a.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("id,size\n1,2\n")
    found = read(tmp_path, {"contacts.csv": [contact(1)], "list.csv": [{"id": 1}]})
    assert found.exports.in_words == (
        "This looks like an export of HubSpot (contact). Reading it as that. Not read, since no "
        "table is known by it: list.csv, hubspot/lists (1).csv. Not read, since it is no file of "
        "CSV or Parquet: calls, deals.xlsx."
    )


@pytest.mark.parametrize(
    ("source", "words"), [("pipedrive", "no source pipedrive"), ("ga4", "holds no file of Google")]
)
def test_a_source_that_cannot_be_is_refused(source: str, words: str, tmp_path: Path) -> None:
    write(tmp_path, {"contacts.csv": [contact(1)]})
    with pytest.raises(InputError, match=words):
        exports_of(tmp_path, source)


def test_footers_doubled_names_and_delimiters_are_read(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text(
        'Lead ID;Company / Account;Email;Email\n00Q1;"A; B";a@b.com;c@d.com\n\n'
        "Confidential Information - Do Not Distribute\nCopyright (c) 2000-2026\n"
    )
    with duckdb.connect() as connection:
        rows = connection.execute(export_query(connection, path)).fetchall()
    assert rows == [("00Q1", "A; B", "a@b.com", "c@d.com")]


def test_a_broken_export_is_refused_without_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text('Record ID,Email,Create Date\n1,"ann@acme.com,2026-01-01\n')
    with pytest.raises(InputError, match="cannot be read as CSV") as refused:
        read(tmp_path, {})
    assert "ann@" not in str(refused.value)


MAP = (
    ("leads", "lead_id", "member.csv", "email_address", "lower"),
    ("leads", "created_at", "member.csv", "timestamp_opt", ""),
    ("leads", "email", "member.csv", "Email Address", ""),
    ("leads", "company_domain", "member.csv", "site", "host"),
    ("leads", "lead_source", "member.csv", "newsletter", "constant"),
    ("events", "event_id", "activity.csv", "campaign|email|time", "joined"),
    ("events", "lead_id", "activity.csv", "email", "lower"),
    ("events", "event_type", "activity.csv", "action", ""),
    ("events", "occurred_at", "activity.csv", "time", ""),
    ("outcomes", "lead_id", "member.csv", "email_address", "lower"),
    ("outcomes", "outcome", "member.csv", "won", "constant"),
    ("outcomes", "occurred_at", "member.csv", "timestamp_opt", "column"),
)
MEMBER = {
    "email_address": "Ann@Acme.com",
    "timestamp_opt": "2026-01-01",
    "site": "https://www.acme.com/a",
}
ACTIVITY = {"campaign": "c1", "email": "ann@acme.com", "action": "open", "time": "2026-02-01"}


def with_map(folder: Path, rows: Sequence[Sequence[str]] = MAP) -> Path:
    files: Mapping[str, Sequence[Mapping[str, object]]] = {
        "member.csv": [MEMBER],
        "activity.csv": [ACTIVITY],
    }
    write(folder, files)
    with (folder / "columns.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("table", "column", "file", "value", "form"), *rows])
    return folder


def test_a_map_reads_any_other_tool(tmp_path: Path) -> None:
    found = read(with_map(tmp_path), {})
    assert found.rows("leads", "lead_id", "email", "company_domain", "lead_source") == [
        ("ann@acme.com", "Ann@Acme.com", "acme.com", "newsletter")
    ]
    assert found.rows("events", "event_id", "lead_id", "event_type") == [
        ("c1|ann@acme.com|2026-02-01", "ann@acme.com", "open")
    ]
    assert found.rows("outcomes", "lead_id", "outcome") == [("ann@acme.com", "won")]
    assert found.rows("lead_merges", "lead_id") == []


@pytest.mark.parametrize(
    ("place", "cell", "words"),
    [
        ((0, 0), "people", "row 2: table is no input"),
        (
            (2, 3),
            "e-mail adress",
            "e-mail adress is no column of member.csv. Did you mean email_address?",
        ),
        ((2, 2), "members.csv", "row 4: file is not there"),
        ((0, 4), "small", "row 2: form is unknown"),
        ((2, 1), "created_at", "row 4: fills leads.created_at as row 3 does"),
        ((1, 1), "updated_at", "no row fills leads.created_at"),
        ((10, 1), "outcom", "row 12: column is none of outcomes. Did you mean outcome?"),
    ],
)
def test_a_wrong_map_is_refused_in_words(
    place: tuple[int, int], cell: str, words: str, tmp_path: Path
) -> None:
    rows = [list(row) for row in MAP]
    rows[place[0]][place[1]] = cell
    with pytest.raises(InputError) as refused:
        exports_of(with_map(tmp_path, rows))
    assert words in str(refused.value)
    assert "acme" not in str(refused.value).lower()


def test_check_data_says_what_it_reads(tmp_path: Path) -> None:
    write(tmp_path, {"contacts.csv": [contact(1, email="ann@acme.com")]})
    result = CliRunner().invoke(app, ["check", "data", str(tmp_path), "--source", "hubspot"])
    assert result.exit_code == 0, result.output
    assert "Read as an export of HubSpot: contact." in result.output
    assert "ann@" not in result.output


def test_visits_of_nobody_alone_are_held_back_with_a_mend(tmp_path: Path) -> None:
    page = {"id": "a", "anonymous_id": "D", "user_id": "", "received_at": "2026-01-01"}
    found = check_data_folder(write(tmp_path, {"pages.csv": [page]}))
    assert [one.mend for one in found.findings if one.is_refusal] == [
        "Export who is a lead too. Of a web tool that knows no users: put the export of a CRM "
        "beside it, each in a folder that is called as its tool."
    ]


def test_every_mark_is_of_a_tool_and_its_tables() -> None:
    assert list(MARKS) == list(TOOLS)
    for tool, marks in MARKS.items():
        assert {table for table in marks.values() if table} <= tables_of(tool).keys()


def test_of_a_map_every_spelling_is_written_once() -> None:
    plain = Project().macro("plain_name")
    for tool in TOOLS:
        for table, columns in Project().macro("vendor_columns")(tool).items():
            for ours, names in columns.items():
                spellings = [plain(name) for name in (names or ours).split("|")]
                assert len(spellings) == len(set(spellings)), (tool, table, ours)


@pytest.mark.parametrize(
    ("table", "row", "words"),
    [
        ("event_names", "hubspot,click,,,,email_clickd,1,", "is not in event_types"),
        ("event_names", "hubspot,click,asset,,x,email_clicked,1,", "is blank"),
        ("event_names", "hubspot,click,,equals,x,email_clicked,1,", "is blank though the operator"),
        ("event_names", "hubspot,click,asset,like,x,email_clicked,1,", "is none of equals, in"),
        ("event_names", "pipedrive,click,,,,email_clicked,1,", "is none of hubspot"),
        ("outcome_stages", "hubspot,deal_stage,closedwon,win,", "is none of contacted"),
        ("outcome_stages", "hubspot,stage,closedwon,won,", "is none of deal_stage"),
        ("outcome_stages", "hubspot,deal_stage,,won,", "is blank"),
    ],
)
def test_a_wrong_row_of_a_map_of_names_is_refused(
    table: str, row: str, words: str, tmp_path: Path
) -> None:
    header = ",".join(schemas()[table].columns)
    (tmp_path / f"{table}.csv").write_text(f"{header}\n{row}\n")
    findings = [finding for finding in check_folder(tmp_path) if finding.is_refusal]
    assert [finding.problem for finding in findings if words in finding.problem]
    assert len(findings) == 1


def test_names_of_one_s_own_say_what_an_event_is(tmp_path: Path) -> None:
    rows = [
        dict.fromkeys(schemas()["event_names"].columns, "")
        | {"source": "segment", "event_name": "*", "attribute": "asset", "value": "a | b c"}
        | {"operator": operator, "event_type": kind, "priority": str(place)}
        for place, (operator, kind) in enumerate(
            [("in", "listed"), ("has_word", "worded"), ("is_empty", "nameless"), ("ends_with", "x")]
        )
    ]
    pages = [
        {"id": name, "anonymous_id": "D", "user_id": "ann", "received_at": "2026-01-01"}
        | {"timestamp": "2026-01-01", "title": name}
        for name in ("A", "B C", "the b c d", "", "other")
    ]
    files = {"pages.csv": pages, "users.csv": [{"id": "ann", "received_at": "2026-01-01"}]}
    found = read(tmp_path, files, "segment", event_names=rows)
    assert found.rows("events", "asset", "event_type") == [
        ("A", "listed"),
        ("B C", "listed"),
        ("other", "page"),
        ("the b c d", "worded"),
        (None, "nameless"),
    ]


def test_every_command_reads_names_as_the_given_rules_have_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = {"id": "a", "anonymous_id": "D", "user_id": "ann", "received_at": "2026-01-01"}
    user = {"id": "ann", "received_at": "2026-01-01"}
    data = write(tmp_path / "data", {"pages.csv": [page], "users.csv": [user]})
    rules = tmp_path / "rules"
    rules.mkdir()
    header = ",".join(schemas()["event_names"].columns)
    (rules / "event_names.csv").write_text(f"{header}\nsegment,page,,,,email_replied,1,\n")
    assert event_types_of(data, read_rule_set(rules)) == ["email_replied"]
    assert event_types_of(data, read_rule_set(None)) == ["page_viewed"]
    known = check_data_folder(data, rules).event_types
    assert [one.name for one in known if one.rows and one.table == "events"] == ["email_replied"]
    read_by: list[Maps] = []

    def seen(connection: duckdb.DuckDBPyConnection, folder: Path, maps: Maps) -> None:
        read_by.append(maps)
        create_views(connection, folder, maps)

    monkeypatch.setattr(first_rules, "create_views", seen)
    first_rules.start(data, rules, tmp_path / "started")
    assert [maps.tables for maps in read_by] == [maps_of(read_rule_set(rules)).tables]


def test_a_list_of_an_export_in_parquet_has_entries(tmp_path: Path) -> None:
    duckdb.execute(
        "copy (select 1 as id, timestamp '2026-01-01' as property_createdate,"
        " ['aws', 'gcp'] as property_web_technologies) to $1",
        [str(tmp_path / "contact.parquet")],
    )
    exports = exports_of(tmp_path, "hubspot")
    assert exports is not None
    with duckdb.connect() as connection:
        create_export_views(connection, exports, Maps())
        found = connection.execute("select technologies from inputs.main.leads").fetchall()
    assert found == [("aws;gcp",)]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_folder_named_like_a_partition_says_nothing_about_its_rows(
    tmp_path: Path, kind: str
) -> None:
    folder = tmp_path / "country=DE"
    folder.mkdir()
    path, rows = folder / f"leads.{kind}", [("L1", "2026-01-01", "US")]
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select 'L1' as lead_id, '2026-01-01' as created_at, 'US' as country)"
            f" to '{path}'"
        )
        assert connection.execute(export_query(connection, path)).fetchall() == rows
        if kind == "csv":
            query = csv_query(connection, "leads", path)
        else:
            query = parquet_query(connection, "leads", path, [])
        assert connection.execute(query).fetchall() == rows
