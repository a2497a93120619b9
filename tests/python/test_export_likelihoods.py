"""Likelihoods that go along with scores and hand-offs, where they are asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pytest

from deliveries.calls import FAST, call, in_files, send
from deliveries.crms import a_hubspot, a_salesforce
from deliveries.crms import send as to_crm
from deliveries.receiver import Receiver
from deliveries.sample import START, write_database
from deliveries.score_sample import Record, write_likelihoods

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference"
ADDED = ("likelihood_percent", "likelihood_band", "expected_amount")
WITH = "--with-likelihood"


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """Three leads, two of which a live prediction is for."""
    made = Record(tmp_path / "x.duckdb")
    made.likelihoods = {"a": 0.314, "b": 0.0049, "c": None}
    made.say({"a": 10, "b": 20, "c": 30})
    return made


def scores(record: Record, receiver: Receiver, *arguments: str) -> dict[str, dict[str, Any]]:
    """Sends scores; returns the latest request's, by lead."""
    given = ("--to", f"{receiver.address}/crm", *FAST, *arguments)
    assert call(record.database, *given, content="scores")[0] == 0
    return {lead["lead_id"]: lead for lead in receiver.bodies("/crm")[-1]["leads"]}


def of_lead(sent: dict[str, Any]) -> tuple[object, ...]:
    return tuple(sent.get(name, "absent") for name in ADDED)


def test_scores_carry_the_live_likelihood_of_the_own_scorecard(
    record: Record, receiver: Receiver
) -> None:
    assert {of_lead(sent) for sent in scores(record, receiver).values()} == {("absent",) * 3}
    sent = scores(record, receiver, WITH)
    # Lead c is without one, and has what it had.
    assert {lead: of_lead(one) for lead, one in sent.items()} == {
        "a": (31, 4, 3_877),
        "b": (0, 1, 60),
    }
    schema = json.loads((DOCS / "scores.schema.json").read_text(encoding="utf-8"))
    for body in receiver.bodies("/crm"):
        jsonschema.validate(body, schema)


def test_a_destination_hears_of_percents_and_bands_and_of_their_end(
    record: Record, receiver: Receiver
) -> None:
    scores(record, receiver, WITH)
    record.likelihoods = {"a": 0.3149, "b": 0.0051}
    record.say({"a": 10, "b": 20, "c": 30})
    assert {lead: of_lead(one) for lead, one in scores(record, receiver, WITH).items()} == {
        "b": (1, 1, 63)
    }
    record.likelihoods = {}
    record.say({"a": 10, "b": None, "c": 30})
    sent = scores(record, receiver, WITH)
    assert {lead: of_lead(one) for lead, one in sent.items()} == {
        "a": (None, None, None),
        "b": (None, None, None),
    }
    assert sent["b"]["is_cleared"] and not sent["a"]["is_cleared"]


def test_crms_get_properties_of_their_own(
    record: Record, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    names = ("lead_score_likelihood", "lead_score_likelihood_band", "lead_score_expected_amount")
    with a_hubspot(monkeypatch, WITH) as hubspot:
        assert hubspot.properties[names[0]]["type"] == "number"
        assert to_crm(record, hubspot, WITH)[0] == 0
        found = hubspot.by("lead_id")
        assert [found["a"][name] for name in names] == ["31", "4", "3877"]
        assert [found["c"][name] for name in names] == ["", "", ""]
    with a_salesforce(monkeypatch, WITH) as salesforce:
        salesforce.has("lead_id__c", "a", "b", "c")
        assert to_crm(record, salesforce, WITH)[0] == 0
        fields = salesforce.by("lead_id__c")["a"]
        assert [fields[f"{name}__c"] for name in names] == [31, 4, 3_877]
    with a_hubspot(monkeypatch) as hubspot:
        assert not set(names) & set(hubspot.properties)
    code, _ = call(record.database, "--to", tmp_path / "out", WITH, content="scores")
    assert code == 0
    assert [row["expected_amount"] for row in in_files(tmp_path / "out")] == ["3877", "60", ""]


def test_hand_offs_carry_what_the_published_run_says(receiver: Receiver, tmp_path: Path) -> None:
    database = tmp_path / "x.duckdb"
    write_database(database, range(2))
    assert send(database, receiver, "/a")[0] == 0
    assert {of_lead(body) for body in receiver.bodies("/a")} == {("absent",) * 3}
    code, said = send(database, receiver, "/b", WITH)
    assert (code, "holds no lead_likelihoods" in said) == (1, True)
    with duckdb.connect(str(database)) as connection:
        write_likelihoods(connection, {"lead-0": 0.5}, START)
    assert send(database, receiver, "/b", WITH)[0] == 0
    sent = receiver.bodies("/b")
    assert [of_lead(body) for body in sent] == [(50, 6, 6_173), (None, None, None)]
    schema = json.loads((DOCS / "handoff.schema.json").read_text(encoding="utf-8"))
    for body in (*sent, *receiver.bodies("/a")):
        jsonschema.validate(body, schema)
