"""Scores to HubSpot, as its public reference describes it: see deliveries/hubspot_stub.py."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deliveries.calls import call, last_errors
from deliveries.crms import a_hubspot, create_properties, send
from deliveries.hubspot_stub import TOKEN, UPDATE, UPSERT, HubSpotStub, limit
from deliveries.score_sample import Record
from lead_scoring.delivery.receivers import CRM_TOKENS


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path / "x.duckdb")


@pytest.fixture
def hubspot(monkeypatch: pytest.MonkeyPatch) -> Iterator[HubSpotStub]:
    with a_hubspot(monkeypatch) as running:
        yield running


def scores(hubspot: HubSpotStub, name: str = "lead_id") -> dict[str, str]:
    return {
        lead: properties["lead_score_total"]
        for lead, properties in hubspot.by(name).items()
        if properties.get("lead_score_total")
    }


def test_contacts_are_upserted_a_hundred_a_call(record: Record, hubspot: HubSpotStub) -> None:
    record.say({f"lead-{number:03}": number for number in range(201)})
    assert send(record, hubspot) == (0, f"201 leads sent to hubspot {hubspot.address}/.")
    assert [len(body["inputs"]) for body in hubspot.bodies(UPSERT)] == [100, 100, 1]
    assert scores(hubspot) == {f"lead-{number:03}": str(number) for number in range(201)}
    assert hubspot.by("lead_id")["lead-090"] == {
        "lead_id": "lead-090",
        "lead_score_total": "90",
        "lead_score_fit": "45",
        "lead_score_engagement": "45",
        "lead_score_stage": "sql",
        "lead_score_grade": "A1",
        "lead_score_segment": "enterprise",
        "lead_score_temperature": "hot",
        "lead_score_reasons": "Größe (+1); Idle (-1)",
        "lead_score_changed_at": "2026-07-01T12:00:00Z",
    }
    assert send(record, hubspot)[1].startswith("0 leads sent")


@pytest.mark.parametrize("names_the_bad", [True, False])
def test_a_bad_lead_is_named_and_holds_up_no_other(
    record: Record, hubspot: HubSpotStub, names_the_bad: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    hubspot.names_the_bad = names_the_bad
    monkeypatch.setattr(
        HubSpotStub, "_is_valid", lambda _, one: one["id"] not in ("lead-13", "lead-77")
    )
    record.say({f"lead-{number}": number for number in range(100)})
    code, output = send(record, hubspot)
    assert code == 1
    assert "98 leads sent" in output
    assert "lead-13" in output
    assert "lead-77" in output
    assert "VALIDATION_ERROR" in output
    assert "not valid" not in output  # no sentence of theirs: it quotes values
    assert "2 leads failed. They stay unsent: run again." in output
    assert len(scores(hubspot)) == 98
    monkeypatch.undo()
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.setenv(CRM_TOKENS["hubspot"], TOKEN)
    assert send(record, hubspot)[1].startswith("2 leads sent")
    assert len(scores(hubspot)) == 100


def test_properties_that_are_missing_end_the_export(record: Record, hubspot: HubSpotStub) -> None:
    del hubspot.properties["lead_score_grade"]
    record.say({f"lead-{number}": number for number in range(300)})
    code, output = send(record, hubspot)
    assert code == 1
    assert "0 leads sent" in output
    assert "http 400 VALIDATION_ERROR" in output
    assert "5 leads failed, and 295 more were not tried" in output


@pytest.mark.parametrize("gone", ["erased", "without score"])
def test_a_lead_without_score_is_emptied_and_a_deleted_contact_stays_deleted(
    record: Record, hubspot: HubSpotStub, gone: str
) -> None:
    record.say({"a": 10, "b": 20, "c": 30})
    send(record, hubspot)
    hubspot.contacts = {key: one for key, one in hubspot.contacts.items() if one["lead_id"] != "b"}
    record.say({"c": 30} if gone == "erased" else {"a": None, "b": None, "c": 30})
    assert send(record, hubspot)[0] == 0
    assert scores(hubspot) == {"c": "30"}
    assert set(hubspot.by("lead_id")) == {"a", "c"}
    assert set(hubspot.by("lead_id")["a"].values()) == {"a", ""}
    assert [len(body["inputs"]) for body in hubspot.bodies(UPDATE)] == [2]
    assert send(record, hubspot)[1].startswith("0 leads sent")


def test_leads_known_by_the_record_id_are_updated(record: Record, hubspot: HubSpotStub) -> None:
    hubspot.contacts = {"512": {"email": "x"}, "513": {"email": "y"}}
    record.say({"512": 10, "513": 20, "999": 30})
    code, output = send(record, hubspot, "--id-property", "hs_object_id")
    assert code == 1
    assert "999 OBJECT_NOT_FOUND" in output
    assert [one["lead_score_total"] for one in hubspot.contacts.values()] == ["10", "20"]
    assert hubspot.bodies(UPSERT) == []


def test_limits_are_waited_for_but_not_the_daily_one(
    record: Record, hubspot: HubSpotStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    record.say({f"lead-{number:03}": number for number in range(300)})
    answers = {
        1: limit("TEN_SECONDLY_ROLLING", Retry_After="7"),
        2: limit("TEN_SECONDLY_ROLLING", X_HubSpot_RateLimit_Interval_Milliseconds="10000"),
        4: limit("DAILY"),
    }
    hubspot.scripts[UPSERT] = lambda number, _: answers.get(number, "take")
    waits: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waits.append)
    code, output = send(record, hubspot, "--max-wait", 60)
    assert code == 1
    assert waits == [7, 10]
    assert "100 leads sent" in output
    assert "http 429 DAILY" in output
    assert "100 leads failed, and 100 more were not tried" in output
    hubspot.scripts.clear()
    assert send(record, hubspot)[1].startswith("200 leads sent")


@pytest.mark.parametrize(
    ("status", "category"), [(401, "EXPIRED_AUTHENTICATION"), (403, "MISSING_SCOPES")]
)
def test_without_permission_nothing_else_is_tried(
    record: Record, hubspot: HubSpotStub, status: int, category: str
) -> None:
    record.say({f"lead-{number:03}": number for number in range(300)})
    hubspot.scripts[UPSERT] = lambda *_: (status, {}, {"category": category, "message": "s3cret"})
    code, output = send(record, hubspot)
    assert code == 1
    assert f"http {status} {category}" in output
    assert "200 more were not tried" in output
    assert len(hubspot.bodies(UPSERT)) == 1


def test_the_token_is_shown_nowhere(record: Record, hubspot: HubSpotStub) -> None:
    record.say({"a": 10})
    hubspot.scripts[UPSERT] = lambda number, _: 500 if number < 6 else "take"
    said = [send(record, hubspot, "--dry-run"), send(record, hubspot), send(record, hubspot)]
    said.append(call(record.database, "--status", content="scores"))
    assert hubspot.requests[UPSERT][0][1]["Authorization"] == f"Bearer {TOKEN}"
    assert "s3cret" not in str(said)
    assert last_errors(record.database) == {"a": None}
    for file in record.database.parent.glob("*.deliveries.*"):
        assert b"s3cret" not in file.read_bytes()


def test_a_dry_run_prints_the_call(record: Record, hubspot: HubSpotStub) -> None:
    record.say({"a": 10})
    _, output = send(record, hubspot, "--dry-run")
    assert output.startswith(f"POST {hubspot.address}{UPSERT} {{")
    assert '"idProperty": "lead_id", "id": "a"' in output
    assert '"lead_score_total": "10"' in output


def test_names_of_properties_can_be_chosen(record: Record, hubspot: HubSpotStub) -> None:
    names = ("--id-property", "crm_key", "--prefix", "ours_")
    create_properties(hubspot, *names)
    record.say({"a": 10})
    assert send(record, hubspot, *names)[0] == 0
    assert hubspot.by("crm_key")["a"]["ours_total"] == "10"
