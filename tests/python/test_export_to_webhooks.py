"""Hand-offs to a real server that misbehaves."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

import jsonschema
import pytest

from deliveries.calls import FAST, call, last_errors, send
from deliveries.receiver import Deed, Receiver
from deliveries.sample import write_database
from lead_scoring.delivery.handoffs import COLUMNS
from lead_scoring.delivery.receivers import WEBHOOK_TOKEN

DOCS = Path(__file__).resolve().parents[2] / "docs"
SCHEMA = DOCS / "reference" / "handoff.schema.json"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "x.duckdb"


@pytest.mark.parametrize("is_zoned", [False, True])
def test_each_handoff_is_posted_once_by_the_schema(
    database: Path, receiver: Receiver, is_zoned: bool
) -> None:
    ids = write_database(database, range(3), zoned=is_zoned)
    assert send(database, receiver, "/crm") == (
        0,
        f"3 hand-offs sent to {receiver.address}/crm.",
    )
    schema = json.loads(SCHEMA.read_text())
    for number, (key, headers, body) in enumerate(receiver.requests["/crm"]):
        jsonschema.validate(body, schema)
        assert list(body) == ["schema", *COLUMNS]
        assert (key, body["handoff_id"]) == (ids[number], ids[number])
        assert headers["Content-Type"] == "application/json; charset=utf-8"
        assert "Authorization" not in headers
        assert body["reasons"] == "Demo request (+24.4); Größe (-3)"
        assert body["handed_off_at"] == f"2026-06-30T12:0{number}:00Z"
        assert body["respond_by"] == f"2026-06-30T13:0{number}:00Z"
    assert send(database, receiver, "/crm")[1].startswith("0 hand-offs sent")
    assert receiver.keys("/crm") == ids


@pytest.mark.parametrize(
    ("deed", "requests"),
    [
        *((500, 2), (503, 2), (429, 2), (408, 2), (425, 2)),
        *(("stall", 2), ("drop_before", 2), ("drop_after", 2)),
        ((429, {"Retry-After": "9999"}), 2),
        ((503, {"Retry-After": "no time"}), 2),
    ],
)
def test_what_may_pass_is_tried_again_with_the_same_key(
    database: Path, receiver: Receiver, deed: Deed, requests: int
) -> None:
    ids = write_database(database, range(1))
    receiver.scripts["/crm"] = lambda number, key: deed if number == 1 else "take"
    code, output = send(database, receiver, "/crm")
    assert (code, receiver.keys("/crm")) == (0, ids * requests), output
    assert receiver.taken["/crm"] == {ids[0]: 1}


@pytest.mark.parametrize("status", [301, 400, 401, 404, 409, 422])
def test_what_is_refused_is_not_tried_again_and_stays_unsent(
    database: Path, receiver: Receiver, status: int
) -> None:
    ids = write_database(database, range(3))
    deed = (status, {"Location": "/elsewhere"})
    receiver.scripts["/crm"] = lambda _, key: deed if key == ids[1] else "take"
    code, output = send(database, receiver, "/crm")
    assert code == 1
    assert "2 hand-offs sent" in output
    assert f"{ids[1]} http {status}" in output
    assert "They stay unsent: run again." in output
    assert receiver.keys("/crm") == ids
    assert last_errors(database)[ids[1]] == f"http {status}"
    receiver.scripts.clear()
    assert send(database, receiver, "/crm")[0] == 0
    assert receiver.taken["/crm"] == dict.fromkeys(ids, 1)


def test_attempts_are_limited_and_counted(database: Path, receiver: Receiver) -> None:
    ids = write_database(database, range(1))
    receiver.scripts["/crm"] = lambda *_: 503
    assert send(database, receiver, "/crm", "--attempts", 3, "--name", "our_crm")[0] == 1
    assert receiver.keys("/crm") == ids * 3
    _, output = call(database, "--status")
    assert "our_crm 0 1 1 3 - http 503" in output


def test_a_dead_receiver_is_left_alone_and_nothing_is_blocked_for_ever(
    database: Path, receiver: Receiver
) -> None:
    ids = write_database(database, range(12))
    refused = set(ids[:7])
    receiver.scripts["/crm"] = lambda _, key: 422 if key in refused else "take"
    code, output = send(database, receiver, "/crm")
    assert code == 1
    assert "5 hand-offs failed, and 7 more were not tried" in output
    assert send(database, receiver, "/crm")[0] == 1
    assert set(receiver.taken["/crm"]) == set(ids) - refused


def test_nobody_listens(database: Path, receiver: Receiver) -> None:
    ids = write_database(database, range(1))
    receiver.__exit__()
    code, output = send(database, receiver, "/crm", "--attempts", 2)
    assert code == 1
    assert f"{ids[0]} connection" in output


def test_an_unknown_certificate_is_refused(database: Path, receiver: Receiver) -> None:
    write_database(database, range(1))
    code, _ = call(database, "--to", receiver.address.replace("http", "https"), *FAST)
    assert code == 1
    assert receiver.requests == {}


def test_waits_grow_and_honour_the_receiver_up_to_a_cap(
    database: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_database(database, range(1))
    soon = format_datetime(datetime.now(timezone.utc) + timedelta(seconds=40), usegmt=True)
    answers = {2: "7", 3: "5000", 4: soon}
    receiver.scripts["/crm"] = lambda number, _: (
        (503, {"Retry-After": answers[number]}) if number in answers else 503
    )
    waits: list[float] = []
    monkeypatch.setattr("tenacity.nap.time.sleep", waits.append)
    call(database, "--to", f"{receiver.address}/crm", "--attempts", 8, "--max-wait", 50)
    first, asked, capped, until, *others = waits
    assert 1 <= first <= 2
    assert (asked, capped) == (7, 50)
    assert 35 <= until <= 40
    assert [low <= wait <= low + 1 for wait, low in zip(others, (16, 32), strict=False)] == [
        True,
        True,
    ]
    assert others[2] == 50


def test_the_token_is_sent_and_shown_nowhere(
    database: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_database(database, range(2))
    monkeypatch.setenv(WEBHOOK_TOKEN, "s3cret-token")
    receiver.scripts["/hook?key=s3cret-query"] = lambda number, _: 500 if number < 7 else "take"
    outputs = [send(database, receiver, "/hook?key=s3cret-query", "--name", "crm")]
    outputs += [call(database, "--status"), (0, "")]
    (_, headers, _), *_ = receiver.requests["/hook?key=s3cret-query"]
    assert headers["Authorization"] == "Bearer s3cret-token"
    assert "s3cret" not in str(outputs)
    for file in database.parent.glob("*.deliveries.*"):
        assert b"s3cret" not in file.read_bytes()
    monkeypatch.setenv(WEBHOOK_TOKEN, "s3cret\ntoken")
    code, output = send(database, receiver, "/hook")
    assert code == 2
    assert "s3cret" not in output


def test_the_example_in_the_documentation_follows_the_schema() -> None:
    text = (DOCS / "how-to" / "hand_offs.md").read_text(encoding="utf-8")
    example = json.loads(text.partition("```json\n")[2].partition("```")[0])
    jsonschema.validate(example, json.loads(SCHEMA.read_text()))
    assert list(example) == ["schema", *COLUMNS]
