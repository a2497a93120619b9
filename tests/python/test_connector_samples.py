"""The connectors on samples that nobody here wrote, where LEAD_SCORING_REAL_DATA names a folder.

Their licences differ: nothing of them is kept here but counts.
"""

from __future__ import annotations

import csv
import os
import shutil
from pathlib import Path

import duckdb
import pytest

from lead_scoring.data.checks import check_folder
from lead_scoring.exports import Maps, create_export_views, exports_of
from lead_scoring.exports.counts import counts_in_words

SAMPLES = Path(os.environ.get("LEAD_SCORING_REAL_DATA", "no folder")).resolve() / "connectors"
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(),
    reason="The samples of tools are not here: LEAD_SCORING_REAL_DATA names their folder.",
)
# Leads, events, outcomes and merges of each sample, and the tool that its headers tell.
COUNTS = {
    "linked/hubspot": ("hubspot", 22, 58, 11, 3),
    "salesforce_dataloader": ("salesforce", 162, 0, 84, 0),
    "salesforce_weekly_export": ("salesforce", 42, 0, 47, 0),
    "linked/marketo": ("marketo", 100, 400, 0, 21),
    "rudderstack": ("segment", 1, 3, 0, 0),
}
# What Mailchimp's export has, by a map of its own and without SQL.
MAILCHIMP = """\
table,column,file,value,form
leads,lead_id,member.csv,id,
leads,created_at,member.csv,timestamp_opt,
leads,email,member.csv,email_address,
events,event_id,activity.csv,campaign_id|member_id|timestamp|action,joined
events,lead_id,activity.csv,member_id,
events,event_type,activity.csv,action,
events,occurred_at,activity.csv,timestamp,
"""


def tables(folder: Path, source: str | None = None) -> duckdb.DuckDBPyConnection:
    exports = exports_of(folder, source)
    assert exports is not None
    connection = duckdb.connect()
    connection.execute("set TimeZone = 'UTC'")
    create_export_views(connection, exports, Maps())
    return connection


@pytest.mark.parametrize("name", COUNTS)
def test_a_sample_is_known_and_read(name: str) -> None:
    tool, *counts = COUNTS[name]
    exports = exports_of(SAMPLES / name)
    assert exports is not None
    assert exports.tools == (tool,)
    connection = tables(SAMPLES / name)
    assert [
        connection.execute(f"select count(*) from inputs.main.{table}").fetchall()[0][0]
        for table in ("leads", "events", "outcomes", "lead_merges")
    ] == counts


@pytest.mark.parametrize("name", COUNTS)
def test_a_sample_can_be_scored(name: str) -> None:
    found = check_folder(SAMPLES / name)
    assert not found.is_refused, [one.problem for one in found.findings if one.is_refusal]
    assert not found.quarantined


@pytest.mark.parametrize("file", ["events_1.csv", "events_2.csv"])
def test_every_event_of_snowplow_has_a_fate(file: str, tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "snowplow" / file, tmp_path)
    connection = tables(tmp_path)
    assert "Events in the files: 142," in counts_in_words(connection)


def test_survivors_of_identities_are_those_of_snowplow(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "snowplow" / "identities_events.csv", tmp_path / "events.csv")
    merges: dict[str, tuple[str, str]] = {}
    for lead, survivor, merged_at in (
        tables(tmp_path)
        .execute("select lead_id, merged_into_lead_id, merged_at from inputs.main.lead_merges")
        .fetchall()
    ):
        merges[lead] = max(merges.get(lead, ("", "")), (merged_at, survivor))
    path = SAMPLES / "snowplow" / "identities_id_mapping_expected.csv"
    with path.open(encoding="utf-8", newline="") as file:
        expected = {row["snowplow_id"]: row["active_snowplow_id"] for row in csv.DictReader(file)}
    assert len(merges) == len(expected) == 54
    for lead, survivor in expected.items():
        end = f"snowplow-{lead}"
        while end in merges:
            end = merges[end][1]
        assert end == f"snowplow-{survivor}"


def test_ga4_without_known_users_is_read_beside_a_crm(tmp_path: Path) -> None:
    for tool, file in (("ga4", "ga4/bigquery_events.csv"), ("hubspot", "hubspot/contact.csv")):
        (tmp_path / tool).mkdir()
        shutil.copy(SAMPLES / file, tmp_path / tool)
    connection = tables(tmp_path)
    words = counts_in_words(connection)
    assert "Events in the files: 154," in words
    assert "of nobody known" in words
    leads = connection.execute("select count(*) from inputs.main.leads").fetchall()
    assert leads == [(22,)]


def test_mailchimp_is_read_by_a_map_without_sql(tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "mailchimp" / "member.csv", tmp_path)
    shutil.copy(
        SAMPLES / "mailchimp" / "campaign_recipient_activity.csv", tmp_path / "activity.csv"
    )
    (tmp_path / "columns.csv").write_text(MAILCHIMP)
    connection = tables(tmp_path)
    assert connection.execute("select count(*) from inputs.main.leads").fetchall() == [(9,)]
    assert connection.execute("select count(*) from inputs.main.events").fetchall() == [(17,)]
