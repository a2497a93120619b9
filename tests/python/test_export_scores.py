"""The command export scores: whatever was missed, a receiver ends up with what the record says."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pytest

from deliveries.calls import FAST, call, in_files
from deliveries.receiver import Deed, Receiver
from deliveries.score_sample import Record
from lead_scoring.delivery.destination import read_destination
from lead_scoring.delivery.export import export
from lead_scoring.delivery.scores import COLUMNS, SCORES
from lead_scoring.delivery.webhook import ScoreWebhook

DOCS = Path(__file__).resolve().parents[2] / "docs"
SCHEMA = DOCS / "reference" / "scores.schema.json"


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path / "x.duckdb")


def send(record: Record, receiver: Receiver, *arguments: object) -> tuple[int, str]:
    given = ("--to", f"{receiver.address}/crm", *FAST, *arguments)
    return call(record.database, *given, content="scores")


def state(receiver: Receiver) -> dict[str, int]:
    """What a receiver that honours the keys of leads has: lead -> total score."""
    found: dict[str, int] = {}
    seen: set[str] = set()
    for body in receiver.bodies("/crm"):
        for lead in body["leads"]:
            if lead["key"] in seen:
                continue
            seen.add(lead["key"])
            if lead["is_cleared"]:
                found.pop(lead["lead_id"], None)
            else:
                found[lead["lead_id"]] = lead["total_score"]
    return found


def test_all_at_first_then_what_changed_in_the_form_of_the_schema(
    record: Record, receiver: Receiver
) -> None:
    record.say({f"lead-{number:03}": number for number in range(101)})
    assert send(record, receiver) == (0, f"101 leads sent to {receiver.address}/crm.")
    first, second = receiver.bodies("/crm")
    assert [len(body["leads"]) for body in (first, second)] == [100, 1]
    assert first["leads"][41] == {
        **dict.fromkeys(["key", *COLUMNS]),
        "key": first["leads"][41]["key"],
        "lead_id": "lead-041",
        "is_cleared": False,
        "total_score": 41,
        "fit_score": 20,
        "engagement_score": 21,
        "stage": "mql",
        "grade": "A1",
        "segment": "enterprise",
        "temperature": "cold",
        "reasons": "Größe (+1); Idle (-1)",
        "changed_at": "2026-07-01T12:00:00Z",
    }
    assert send(record, receiver)[1].startswith("0 leads sent")
    record.say({f"lead-{number:03}": max(number, 99) for number in range(101)})
    assert send(record, receiver)[1].startswith("99 leads sent")
    for body in receiver.bodies("/crm"):
        jsonschema.validate(body, json.loads(SCHEMA.read_text()))
    assert len(set(receiver.keys("/crm"))) == 3


def test_what_was_missed_arrives_as_it_is_now(record: Record, receiver: Receiver) -> None:
    record.say({"a": 10, "b": 20})
    send(record, receiver)
    record.say({"a": 50, "b": 20})
    record.say({"a": 70, "b": 20, "c": 5})
    assert send(record, receiver)[1].startswith("2 leads sent")
    assert state(receiver) == {"a": 70, "b": 20, "c": 5}


def test_a_state_that_comes_back_is_no_repetition(record: Record, receiver: Receiver) -> None:
    record.say({"a": 10})
    send(record, receiver)
    record.say({"a": 50})
    receiver.scripts["/crm"] = lambda *_: "drop_after"  # it has 50, and nobody knows
    assert send(record, receiver)[0] == 1
    receiver.scripts.clear()
    record.say({"a": 10})
    assert send(record, receiver)[0] == 0
    assert state(receiver) == {"a": 10}


def test_cut_right_after_a_request_the_next_one_has_its_key(
    record: Record, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    record.say({"a": 10})
    real = ScoreWebhook.send

    def cut(*arguments: Any) -> None:
        real(*arguments)
        raise KeyboardInterrupt  # no handler of errors sees it, as with a kill

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(ScoreWebhook, "send", cut)
        webhook = read_destination(f"{receiver.address}/crm")
        export(record.database, SCORES, webhook)
    assert send(record, receiver)[0] == 0
    first, second = (body["leads"] for body in receiver.bodies("/crm"))
    assert first == second


@pytest.mark.parametrize("gone", ["erased", "without score", "merged"])
def test_a_lead_without_score_is_cleared_once_and_forgotten(
    record: Record, receiver: Receiver, gone: str
) -> None:
    record.say({"lead-canary": 10, "b": 20})
    send(record, receiver)
    now: dict[str, int | str | None] = {"b": 20}
    if gone != "erased":
        now["lead-canary"] = "b" if gone == "merged" else None
    record.say(now)
    code, output = send(record, receiver)
    assert (code, output) == (0, f"1 leads sent to {receiver.address}/crm.")
    ((cleared,),) = [body["leads"] for body in receiver.bodies("/crm")[1:]]
    assert cleared["is_cleared"] is True
    assert cleared["merged_into_lead_id"] == ("b" if gone == "merged" else None)
    assert all(cleared[name] is None for name in COLUMNS[2:-2])
    assert state(receiver) == {"b": 20}
    assert send(record, receiver)[1].startswith("0 leads sent")
    for file in record.database.parent.glob("*.deliveries.*"):
        assert b"canary" not in file.read_bytes()
    record.say({"b": 20, "lead-canary": 10})
    send(record, receiver)
    assert state(receiver) == {"b": 20, "lead-canary": 10}


def test_a_lead_that_never_had_a_score_is_not_cleared(record: Record, receiver: Receiver) -> None:
    record.say({"a": None, "b": 20})
    assert send(record, receiver)[1].startswith("1 leads sent")


def test_to_clear_most_leads_needs_a_word(record: Record, receiver: Receiver) -> None:
    record.say({f"lead-{number}": number for number in range(20)})
    send(record, receiver)
    record.say({"another": 1})
    code, output = send(record, receiver)
    assert code == 1
    assert "20 of the 20 leads" in output
    assert "is this the right database?" in output
    assert len(receiver.keys("/crm")) == 1
    assert send(record, receiver, "--clear-many")[0] == 0
    assert state(receiver) == {"another": 1}


def test_reasons_are_those_of_the_score_that_is_sent(record: Record, receiver: Receiver) -> None:
    record.say({"a": 10, "b": 20})
    with duckdb.connect(str(record.database)) as connection:
        connection.execute("update lead_scores set as_of = as_of - interval 9 day")  # a look back
    send(record, receiver)
    assert [lead["reasons"] for lead in receiver.bodies("/crm")[0]["leads"]] == [None, None]


def test_a_folder_gets_changes_as_files(record: Record, tmp_path: Path) -> None:
    out = tmp_path / "out"
    record.say({"=a": 10, "b": 20})
    code, output = call(record.database, "--to", out, content="scores")
    (file,) = out.iterdir()
    assert (code, output) == (0, f"2 leads sent to {file}.")
    assert file.name.startswith("lead_scores_20260701T120000Z_")
    first, _ = in_files(out)
    assert tuple(first) == COLUMNS
    assert (first["lead_id"], first["is_cleared"], first["total_score"]) == ("'=a", "False", "10")
    assert b"canary" not in file.read_bytes()
    file.unlink()
    record.say({"=a": 10})
    assert call(record.database, "--to", out, content="scores")[0] == 0
    (cleared,) = in_files(out)
    assert cleared["is_cleared"] == "True"
    assert {name for name, value in cleared.items() if value} == {"lead_id", "is_cleared"}


def test_a_dry_run_prints_what_would_be_sent_and_sends_nothing(
    record: Record, receiver: Receiver, tmp_path: Path
) -> None:
    record.say({"a": 10, "b": 20})
    code, output = send(record, receiver, "--dry-run", "--limit", 1)
    assert code == 0
    assert output.startswith(f'POST {receiver.address}/crm {{ "schema": "lead_scores/1"')
    assert '"lead_id": "a"' in output
    assert '"lead_id": "b"' not in output
    assert "1 leads would go to" in output
    assert "and 1 more without --limit. Nothing is sent." in output
    code, output = call(record.database, "--to", tmp_path / "out", "--dry-run", content="scores")
    assert output.startswith("lead_id,is_cleared,total_score")
    assert not receiver.requests
    assert [file.name for file in tmp_path.iterdir()] == ["x.duckdb"]


def test_status_says_what_waits(record: Record, receiver: Receiver) -> None:
    record.say({"a": 10, "b": 20, "c": 30})
    send(record, receiver, "--name", "our_crm", "--limit", 2)
    _, output = call(record.database, "--status", content="scores")
    assert "3 leads in" in output
    assert "our_crm 2 1 0 2" in output


def test_hand_offs_and_scores_keep_apart_in_one_log(record: Record, receiver: Receiver) -> None:
    record.say({"a": 10})
    send(record, receiver, "--name", "crm")
    _, output = call(record.database, "--status", content="handoffs")
    assert "holds no lead_handoffs" in output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "hubspot, salesforce, a folder, or a webhook"),
        (("--to", "salesforce"), "--address https://YOUR-DOMAIN"),
        (("--to", "hubspot", "--address", "http://crm.example"), "http is not encrypted"),
        (("--to", "hubspot", "--address", "https://crm.example/a"), "has no path"),
        (("--to", "hubspot", "--prefix", "x y"), "letters, digits and underscores"),
        (("--to", "hubspot", "--prefix", "Score_"), "no capital letters"),
        (("--to", "hubspot"), "LEAD_SCORING_HUBSPOT_TOKEN is to hold an access token"),
        (("--to", "out", "--print-definitions"), "Only a CRM has properties"),
        (("--to", "slack"), "does not go there"),
    ],
)
def test_wrong_calls(
    record: Record, arguments: tuple[str, ...], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LEAD_SCORING_HUBSPOT_TOKEN", raising=False)
    code, output = call(record.database, *arguments, content="scores")
    assert code == 2
    assert words in output


def test_whatever_fails_in_between_the_receiver_ends_up_with_the_record(
    record: Record, receiver: Receiver
) -> None:
    chance = random.Random(19)
    deeds: list[Deed] = ["take", "take", "drop_after", "drop_before", 422, 503]
    receiver.scripts["/crm"] = lambda *_: chance.choice(deeds)
    scores: dict[str, int | str | None] = {}
    for _ in range(16):
        for lead in chance.sample([f"lead-{number}" for number in range(9)], 3):
            scores[lead] = chance.choice([10, 50, 90, None, "lead-x"])
            if chance.random() < 0.2:
                del scores[lead]  # erased
        record.say(scores)
        if chance.random() < 0.7:
            send(record, receiver, "--attempts", 2, "--limit", chance.choice([1, 3, 100]))
    receiver.scripts.clear()
    assert send(record, receiver)[0] == 0
    assert state(receiver) == {lead: said for lead, said in scores.items() if type(said) is int}
    keys = Counter(lead["key"] for body in receiver.bodies("/crm") for lead in body["leads"])
    assert max(keys.values()) > 1  # something was sent again, with its key


def test_the_example_in_the_documentation_follows_the_schema() -> None:
    text = (DOCS / "how-to" / "crm.md").read_text(encoding="utf-8")
    example = json.loads(text.partition("```json\n")[2].partition("```")[0])
    jsonschema.validate(example, json.loads(SCHEMA.read_text()))
    assert [list(lead) for lead in example["leads"]] == [["key", *COLUMNS]] * 2
