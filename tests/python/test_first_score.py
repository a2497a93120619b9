"""From an export as a tool gives it to a score: each message says what is to be done next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from lead_scoring.data.checks import check_folder
from lead_scoring.data.checks.findings import DataFindings
from lead_scoring.data.checks.report import sentence
from lead_scoring.reading.known_headers import contract_column, likeliest_first

CANARY = "canary"
LEADS = "lead_id,created_at\nL1,2026-01-01\nL2,2026-01-01\nL3,2026-01-01\n"
EVENTS = "event_id,lead_id,event_type,occurred_at\n"
OUTCOMES = "lead_id,outcome,occurred_at\n"


def look(folder: Path, **files: str) -> tuple[DataFindings, str]:
    """What is found in a folder of these files, and all that is said: name without .csv -> text."""
    for name, text in ({"leads": LEADS, "events": EVENTS, "outcomes": OUTCOMES} | files).items():
        if text:
            (folder / (name if "." in name else f"{name}.csv")).write_text(text, encoding="utf-8")
    found = check_folder(folder)
    return found, "\n".join(map(sentence, found.findings))


@pytest.mark.parametrize(
    ("name", "text", "table", "words"),
    [
        ("contact.csv", "vid,First Name,Email,Create Date\n", "leads", "rename it leads.csv."),
        ("Report (3).csv", "Id,Title,Company,CreatedDate\n", "leads", "rename it leads.csv."),
        ("tracks.tsv", "id\tevent\tuser_id\ttimestamp\n", "events", "rename it events.csv; tabs"),
        ("events.txt.gz", "", "events", "No events yet? Then events.csv may be this line alone"),
        ("events.tsv", "", "events", "No events yet?"),
        ("snow_events.tsv", f"1\t{CANARY}\n", "events", "snow_events.tsv seems to be the events"),
        ("deals.xlsx", CANARY, "outcomes", "Is deals.xlsx the outcomes? Export it as CSV"),
        ("closed.csv", "Deal ID,Deal Stage,Close Date,Deal Owner\n", "outcomes", "outcomes.csv."),
    ],
)
def test_a_file_by_another_name_is_told_by_its_header_or_its_name(
    tmp_path: Path, name: str, text: str, table: str, words: str
) -> None:
    _, said = look(tmp_path, **{table: "", name: text})
    assert f"has no file for the table {table}. Add one of {table}.csv," in said
    assert words in said
    assert CANARY not in said


def test_all_missing_tables_are_told_at_once(tmp_path: Path) -> None:
    _, said = look(tmp_path, leads="", events="", outcomes="", **{"notes.csv": f"{CANARY}\n"})
    assert "for the tables leads, events, outcomes." in said
    assert "leads has one row per person" in said
    assert f"this line alone: {EVENTS.strip()}" in said
    assert f"this line alone: {OUTCOMES.strip()}" in said


def test_of_several_files_that_may_be_a_table_none_is_taken_for_it(tmp_path: Path) -> None:
    header = "vid,First Name,Email,Create Date\n"
    _, said = look(tmp_path, leads="", **{"a.csv": header, "b.csv": header})
    assert "Is one of a.csv, b.csv the leads? Rename it leads.csv." in said


def test_a_parquet_file_is_told_by_its_columns(tmp_path: Path) -> None:
    duckdb.execute(
        "copy (select 1 as messageId, 'a' as event, 'b' as user_id, 'c' as timestamp) "
        f"to '{tmp_path}/part-0.parquet' (format parquet)"
    )
    _, said = look(tmp_path, events="")
    assert "part-0.parquet seems to be the events: rename it events.parquet." in said


@pytest.mark.parametrize(
    ("header", "renamed"),
    [
        # what a device's own clock said is the last choice
        (
            "original_timestamp,sent_at,timestamp,id,event,user_id",
            ["timestamp the occurred_at", "id the event_id", "user_id the lead_id"],
        ),
        (
            "event_date,event_timestamp,event_name,user_pseudo_id,user_id",
            ["event_timestamp the occurred_at", "event_name the event_type", "user_id the lead_id"],
        ),
        (
            "collector_tstamp,event,event_id,domain_userid,user_id,derived_tstamp,event_name",
            ["derived_tstamp the occurred_at", "event_name the event_type", "user_id the lead_id"],
        ),
    ],
)
def test_of_several_headers_the_likeliest_is_proposed(
    tmp_path: Path, header: str, renamed: Sequence[str]
) -> None:
    _, said = look(tmp_path, events=f"{header}\n")
    assert [words for words in renamed if f"Is {words}? Rename it." not in said] == []


def test_a_column_that_nothing_may_be_is_to_be_made(tmp_path: Path) -> None:
    _, said = look(tmp_path, events="user_id,event_name,event_timestamp\n")
    assert "If no column is the event_id, add one: a text that no other event has" in said


@pytest.mark.parametrize("columns", [5, 131])
def test_a_line_of_names_has_as_many_as_the_rows(tmp_path: Path, columns: int) -> None:
    line = "\t".join([CANARY, "2026-01-01 10:00:00"] + ["1"] * (columns - 2))
    _, said = look(tmp_path, events=f"{line}\n")
    assert f"names each of its {columns} columns in their order, event_id, lead_id," in said
    assert ("docs/how-to/name_your_columns.md has that line" in said) == (columns == 131)
    assert CANARY not in said


def test_another_column_is_named_where_ids_are_blank(tmp_path: Path) -> None:
    rows = "".join(f"e{number},,page_viewed,2026-01-02,L{number}\n" for number in (1, 2, 3))
    found, said = look(tmp_path, events=f"{EVENTS.strip()},user_pseudo_id\n{rows}")
    assert found.is_refused
    assert 'Or is "user_pseudo_id" the lead_id? Name it so, in place of this one.' in said


def test_columns_of_json_are_named(tmp_path: Path) -> None:
    params, some = '"[{""key"": ""page_location""}]"', '"{""a"": 1}"'
    rows = "".join(
        f"e{number},L1,page_viewed,2026-01-02,{params},{some if number == 1 else '[note]'},[]\n"
        for number in (1, 2, 3)
    )
    _, said = look(tmp_path, events=f"{EVENTS.strip()},event_params,remark,items\n{rows}")
    assert "No rule can look into the JSON of event_params, items." in said


def test_fields_with_a_tools_prefix_are_known() -> None:
    assert contract_column("property_jobtitle", "leads") == "job_title"
    assert contract_column("context_traits_email", "leads") == "email"
    assert contract_column("context_page_url", "events") == "url"
    assert contract_column("property", "leads") is None
    assert likeliest_first(["sent_at", CANARY, "timestamp"], "events") == ["timestamp", "sent_at"]


def test_names_that_begin_with_a_sign_are_printed(tmp_path: Path) -> None:
    rows = LEADS.replace("\n", ",5,DE\n").replace(",5,DE", ",# Employees,address1_country", 1)
    _, said = look(tmp_path, leads=rows)
    assert 'Is "# employees" the employee_count?' in said
    assert 'Is "address1_country" the country?' in said


def test_visitors_who_are_no_leads_may_be_left_out(tmp_path: Path) -> None:
    rows = "".join(
        f"e{number},{lead},page_viewed,2026-01-02\n"
        for number, lead in enumerate(["L1", "L2", "", "v1", "v2", "v3", "v4"])
    )
    found, said = look(tmp_path, events=EVENTS + rows)
    assert found.is_refused
    assert "2 rows have one: if the others are of visitors who are no leads, leave them out" in said
