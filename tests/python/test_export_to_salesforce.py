"""Scores to Salesforce, as its public reference describes it: see deliveries/salesforce_stub.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deliveries.crms import a_salesforce, send
from deliveries.salesforce_stub import BASE, SalesforceStub
from deliveries.score_sample import Record

UPSERT = f"{BASE}/Lead/lead_id__c"


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path / "x.duckdb")


@pytest.fixture
def salesforce(monkeypatch: pytest.MonkeyPatch) -> Iterator[SalesforceStub]:
    with a_salesforce(monkeypatch) as running:
        yield running


def scores(salesforce: SalesforceStub) -> dict[str, int]:
    return {
        lead: fields["lead_score_total__c"]
        for lead, fields in salesforce.by("lead_id__c").items()
        if fields.get("lead_score_total__c") is not None
    }


def test_leads_are_upserted_two_hundred_a_call(record: Record, salesforce: SalesforceStub) -> None:
    leads = [f"lead-{number:03}" for number in range(401)]
    salesforce.has("lead_id__c", *leads)
    record.say({lead: number for number, lead in enumerate(leads)})
    assert send(record, salesforce) == (0, f"401 leads sent to salesforce {salesforce.address}/.")
    assert [len(body["records"]) for body in salesforce.bodies(UPSERT)] == [200, 200, 1]
    assert scores(salesforce) == {lead: number for number, lead in enumerate(leads)}
    assert salesforce.by("lead_id__c")["lead-090"] == {
        "LastName": "X",
        "Company": "Acme",
        "lead_id__c": "lead-090",
        "lead_score_total__c": 90,
        "lead_score_fit__c": 45,
        "lead_score_engagement__c": 45,
        "lead_score_stage__c": "sql",
        "lead_score_grade__c": "A1",
        "lead_score_segment__c": "enterprise",
        "lead_score_temperature__c": "hot",
        "lead_score_reasons__c": "Größe (+1); Idle (-1)",
        "lead_score_changed_at__c": "2026-07-01T12:00:00Z",
    }
    assert send(record, salesforce)[1].startswith("0 leads sent")


def test_a_bad_lead_is_named_and_holds_up_no_other(
    record: Record, salesforce: SalesforceStub
) -> None:
    salesforce.has("lead_id__c", "a", "b")
    salesforce.by("lead_id__c")["b"]["locked"] = True
    record.say({"a": 10, "b": 20, "unknown": 30})
    code, output = send(record, salesforce)
    assert code == 1
    assert "1 leads sent" in output
    assert "b UNABLE_TO_LOCK_ROW" in output
    assert "unknown REQUIRED_FIELD_MISSING" in output
    assert "LastName" not in output
    del salesforce.by("lead_id__c")["b"]["locked"]
    salesforce.has("lead_id__c", "unknown")
    assert send(record, salesforce)[1].startswith("2 leads sent")
    assert scores(salesforce) == {"a": 10, "b": 20, "unknown": 30}


def test_a_lead_without_score_is_emptied_and_one_that_is_gone_is_done(
    record: Record, salesforce: SalesforceStub
) -> None:
    salesforce.has("lead_id__c", "a", "b", "c")
    record.say({"a": 10, "b": 20, "c": 30})
    send(record, salesforce)
    salesforce.leads = {
        key: lead for key, lead in salesforce.leads.items() if lead["lead_id__c"] != "b"
    }
    record.say({"c": 30})
    assert send(record, salesforce)[0] == 0
    assert scores(salesforce) == {"c": 30}
    assert {
        value for name, value in salesforce.by("lead_id__c")["a"].items() if "score" in name
    } == {None}
    assert send(record, salesforce)[1].startswith("0 leads sent")


def test_leads_known_by_the_record_id_are_updated(
    record: Record, salesforce: SalesforceStub
) -> None:
    salesforce.has("Email", "x", "y")
    salesforce.leads["003000000000001"] = {"LastName": "Z"}
    first, second, contact = salesforce.leads
    record.say({contact: 15, first: 10, second: 20, "00Q000000000999": 30})
    code, output = send(record, salesforce, "--id-property", "Id")
    assert code == 1
    assert "00Q000000000999 INVALID_CROSS_REFERENCE_KEY" in output
    assert [lead["lead_score_total__c"] for lead in salesforce.leads.values()] == [10, 20, 15]
    assert len(salesforce.bodies(BASE)) == 1


@pytest.mark.parametrize(
    ("status", "code"),
    [(401, "INVALID_SESSION_ID"), (403, "REQUEST_LIMIT_EXCEEDED"), (404, "NOT_FOUND")],
)
def test_what_stops_all_ends_the_export(
    record: Record, salesforce: SalesforceStub, status: int, code: str
) -> None:
    record.say({f"lead-{number:03}": number for number in range(250)})
    said = [{"errorCode": code, "message": "s3cret"}]
    salesforce.scripts[UPSERT] = lambda *_: (status, {}, said)
    ended, output = send(record, salesforce)
    assert ended == 1
    assert f"http {status} {code}" in output
    assert "200 leads failed, and 50 more were not tried" in output
    assert "s3cret" not in output
    assert len(salesforce.bodies(UPSERT)) == 1


def test_a_server_that_is_busy_is_tried_again(
    record: Record, salesforce: SalesforceStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    salesforce.has("lead_id__c", "a")
    record.say({"a": 10})
    said = [{"errorCode": "SERVER_UNAVAILABLE", "message": "x"}]
    salesforce.scripts[UPSERT] = lambda number, _: (
        (503, {"Retry-After": "9"}, said) if number == 1 else "take"
    )
    waits: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waits.append)
    assert send(record, salesforce, "--max-wait", 60)[0] == 0
    assert waits == [9]
    assert scores(salesforce) == {"a": 10}


def test_an_answer_that_says_nothing_of_the_leads_counts_for_none(
    record: Record, salesforce: SalesforceStub
) -> None:
    record.say({"a": 10})
    salesforce.scripts[UPSERT] = lambda *_: (200, {}, {"ok": True})
    code, output = send(record, salesforce)
    assert code == 1
    assert "a answer" in output
