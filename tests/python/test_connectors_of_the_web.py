"""What a connector of a web tool must get right, and what several tools together must.

The rows are made up. The numbers are those of the table of complaints in docs/how-to/connectors.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest

from connector_reading import Files, Row, read
from connector_rows import CONTACT, LEAD, contact

PAGE = {"received_at": "2026-03-01T10:00:00Z", "url": "https://acme.com/pricing?x=1"}


def page(number: str, device: str, user: str = "", at: str = "2026-03-01", **more: object) -> Row:
    return {"id": number, "anonymous_id": device, "user_id": user, "timestamp": at, **PAGE, **more}


def hit(stream: str, browser: str, user: str = "", at: int = 1, **more: object) -> Row:
    parameters = [
        {"key": "ga_session_id", "value": {"int_value": 77}},
        {"key": "page_location", "value": {"string_value": "https://a.com/pricing?a=1,2"}},
    ]
    return {
        "event_date": "20260301",
        "event_timestamp": 1_772_323_200_000_000 + at,
        "event_name": "page_view",
        "event_params": json.dumps(parameters),
        "user_id": user,
        "user_pseudo_id": browser,
        "stream_id": stream,
        **more,
    }


def test_9_a_browser_is_known_within_its_stream_and_by_its_latest_user(tmp_path: Path) -> None:
    rows = [
        hit("1", "B", at=1),
        hit("1", "B", "ann", at=2),
        hit("1", "B", "bob", at=3),
        hit("2", "B", at=4),
        hit("1", "", at=5),
        hit("1", "(not set)", at=6),
    ]
    found = read(tmp_path, {"events_20260301.csv": rows})
    assert found.rows("events", "lead_id", "session_id", "event_type", "url") == [
        ("ga4-ann", "B-77", "pricing_page_viewed", "https://a.com/pricing?a=1,2"),
        ("ga4-bob", "B-77", "pricing_page_viewed", "https://a.com/pricing?a=1,2"),
        ("ga4-bob", "B-77", "pricing_page_viewed", "https://a.com/pricing?a=1,2"),
    ]


def test_9_ids_are_the_same_in_every_export_and_no_day_counts_twice(tmp_path: Path) -> None:
    today = {"is_intraday": "true"}
    early = [hit("1", "B", "ann", at=1, **today), hit("1", "B", "ann", at=2, **today)]
    before = read(tmp_path / "a", {"events.csv": early})
    whole = [hit("1", "B", "ann", at=at, is_intraday="false") for at in (1, 2, 3)]
    after = read(tmp_path / "b", {"events.csv": [*early, *whole]})
    ids = before.rows("events", "event_id")
    assert len(set(ids)) == 2
    assert len(after.rows("events", "event_id")) == 3
    assert set(ids) < set(after.rows("events", "event_id"))


def test_9_nested_parameters_are_read_as_they_lie_in_the_export(tmp_path: Path) -> None:
    duckdb.execute(
        "copy (select 1772323200000001 as event_timestamp, 'page_view' as event_name, 'ann' as "
        "user_id, 'B' as user_pseudo_id, '1' as stream_id, [{'key': 'ga_session_id', 'value': "
        "{'string_value': null, 'int_value': 7}}, {'key': 'page_location', 'value': "
        "{'string_value': 'https://a.com/?b=1', 'int_value': null}}] as event_params) "
        f"to '{tmp_path}/events.parquet' (format parquet)"
    )
    found = read(tmp_path, {})
    assert found.rows("events", "url", "session_id") == [("https://a.com/?b=1", "B-7")]


def test_10_late_and_duplicate_rows_are_known_by_their_loading(tmp_path: Path) -> None:
    row = {
        "event_id": "a",
        "event": "page_view",
        "event_name": "page_view",
        "user_id": "ann",
        "domain_userid": "d",
        "collector_tstamp": "2026-03-05 00:00:01",
        "derived_tstamp": "2026-03-01 00:00:00",
        "page_url": "https://acme.com/",
    }
    found = read(
        tmp_path,
        {
            "events.csv": [
                row | {"load_tstamp": "2026-03-06 00:00:00", "etl_tstamp": "2026-03-05 00:00:02"},
                row | {"load_tstamp": "", "etl_tstamp": "2026-03-05 00:00:02"},
                row | {"event_id": "b", "event_name": "page_ping"},
                row | {"event_id": "c", "user_id": "", "derived_tstamp": ""},
            ]
        },
    )
    assert found.rows("events", "event_id", "lead_id", "occurred_at", "loaded_at") == [
        ("a", "snowplow-ann", "2026-03-01 00:00:00", "2026-03-05 00:00:02"),
        ("a", "snowplow-ann", "2026-03-01 00:00:00", "2026-03-06 00:00:00"),
        ("c", "snowplow-ann", "2026-03-05 00:00:01", "2026-03-05 00:00:01"),
    ]


def test_a_robot_is_a_bot_and_an_app_has_its_own_device(tmp_path: Path) -> None:
    row = {"event": "unstruct", "event_name": "screen_view", "collector_tstamp": "2026-03-01"}
    app = "contexts_com_snowplowanalytics_snowplow_client_session_1_0_0"
    robots = "contexts_com_iab_snowplow_spiders_and_robots_1_0_0"
    session = json.dumps([{"userId": "u-1", "sessionId": "s-1", "sessionIndex": 2}])
    found = read(
        tmp_path,
        {
            "events.csv": [
                row | {"event_id": "a", app: session, robots: '[{"spiderOrRobot":true}]'},
                row | {"event_id": "b", app: session, "user_id": "ann"},
            ]
        },
    )
    assert found.rows("events", "event_id", "lead_id", "session_id", "is_bot") == [
        ("a", "snowplow-ann", "s-1", "true"),
        ("b", "snowplow-ann", "s-1", None),
    ]


IDENTIFIED: Files = {
    "pages.csv": [
        page("a", "D", at="2026-03-01"),
        page("b", "D", "ann", at="2026-03-02"),
        page("c", "D", at="2026-03-03"),
        page("d", "D", "bob", at="2026-03-04"),
        page("e", "D", at="2026-03-05"),
        page("f", "stranger", at="2026-03-05"),
    ],
    "users.csv": [
        {"id": "ann", "received_at": "2026-03-02", "email": "ann@acme.com"},
        {"id": "bob", "received_at": "2026-03-02", "email": "bob@acme.com"},
    ],
}


@pytest.mark.parametrize(
    ("setting", "owners"),
    [
        ("together", ["bob", "ann", "bob", "bob", "bob"]),
        ("apart", ["ann", "ann", "ann", "bob", "bob"]),
    ],
)
def test_a_shared_device_is_its_latest_user_s_or_each_in_turn(
    setting: str, owners: list[str], tmp_path: Path
) -> None:
    found = read(tmp_path, IDENTIFIED, shared_devices=setting)
    assert found.rows("events", "event_id", "lead_id") == [
        (event, f"segment-{owner}") for event, owner in zip("abcde", owners, strict=True)
    ]


def test_a_call_wipes_no_trait_that_it_does_not_name(tmp_path: Path) -> None:
    said = ({"email": "ann@acme.com", "title": "CEO"}, {"title": "CFO"}, {"country": "France"})
    calls = [
        {"id": f"i{number}", "anonymous_id": "D", "user_id": "ann"}
        | {"timestamp": f"2026-03-0{number} 10:00:00"}
        | {"email": "", "title": "", "country": ""}
        | traits
        for number, traits in enumerate(said, 1)
    ]
    files: Files = {
        "segment/identifies.csv": calls,
        "segment/pages.csv": IDENTIFIED["pages.csv"],
        "hubspot/contact.csv": [contact(1, email="ann@acme.com")],
    }
    found = read(tmp_path, files)
    assert found.rows("lead_merges", "lead_id", "merged_into_lead_id") == [("segment-ann", "1")]
    assert ("segment-ann", "ann@acme.com", "CFO", "France") in found.rows(
        "leads", "lead_id", "email", "job_title", "country"
    )


def test_a_hash_of_an_address_links_and_no_other_text_does(tmp_path: Path) -> None:
    digest = "0123456789abcdef" * 4
    found = read(
        tmp_path,
        {
            "segment/users.csv": [
                {"id": user, "received_at": "2026-03-02", "email": mail}
                for user, mail in (("ann", digest), ("bob", "n/a"))
            ],
            "hubspot/contact.csv": [contact(1, email=digest.upper()), contact(2, email="n/a")],
        },
    )
    assert found.rows("lead_merges", "lead_id", "merged_into_lead_id") == [("segment-ann", "1")]


def test_calls_of_one_instant_give_the_same_traits_in_any_order(tmp_path: Path) -> None:
    calls = [
        {"id": title, "anonymous_id": "D", "user_id": "ann", "timestamp": "2026-03-01 10:00:00"}
        | {"title": title, "received_at": "2026-03-01 10:00:01"}
        for title in ("CFO", "CEO", "CTO")
    ]
    titles = set()
    for number in range(3):
        rows = calls[number:] + calls[:number]
        found = read(tmp_path / str(number), {"identifies.csv": rows}, "segment")
        titles.update(found.rows("leads", "job_title"))
    assert titles == {"CEO"}


def test_a_crm_and_a_website_know_one_person(tmp_path: Path) -> None:
    files: dict[str, Sequence[Row]] = {f"segment/{name}": rows for name, rows in IDENTIFIED.items()}
    files["hubspot/contact.csv"] = [
        contact(1, email=" Ann@Acme.com"),
        contact(2, email="eve@acme.com"),
    ]
    found = read(tmp_path, files)
    assert found.exports.tools == ("hubspot", "segment")
    assert found.rows("leads", "lead_id") == ["1", "2", "segment-ann", "segment-bob"]
    assert found.rows("lead_merges", "lead_id", "merged_into_lead_id") == [("segment-ann", "1")]


def test_two_crms_know_each_other_by_ids_before_addresses(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        {
            "hubspot/contact.csv": [
                contact(1, email="a@acme.com", salesforcecontactid=CONTACT["Id"]),
                contact(2, email="b@acme.com"),
            ],
            "salesforce/Contact.csv": [CONTACT | {"Email": "b@acme.com"}],
            "salesforce/Lead.csv": [
                LEAD | {"Email": "b@acme.com"},
                LEAD | {"Id": "00Q000000000002AAA", "Email": "b@acme.com", "IsDeleted": "1"},
            ],
        },
    )
    assert found.rows("lead_merges", "lead_id", "merged_into_lead_id") == [
        ("003000000000009", "1"),
        ("00Q000000000001", "2"),
    ]


def test_user_ids_may_be_ids_of_the_crm(tmp_path: Path) -> None:
    rows = [hit("1", "B", str(CONTACT["Id"]), at=1), hit("1", "B", at=2), hit("1", "C", "x", at=3)]
    found = read(tmp_path, {"ga4/event.csv": rows, "salesforce/Contact.csv": [CONTACT]})
    assert found.rows("leads", "lead_id") == ["003000000000009"]
    assert found.rows("events", "lead_id") == ["003000000000009"] * 2
