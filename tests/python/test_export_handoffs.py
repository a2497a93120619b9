"""The command export handoffs: its destinations, its log, what it takes."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from deliveries.calls import FAST, call, in_files, send
from deliveries.receiver import Receiver
from deliveries.sample import identifier, write_database
from lead_scoring.delivery.delivery_log import DeliveryLog, lock, log_file
from lead_scoring.delivery.destination import DestinationError, Webhook, read_destination


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "x.duckdb"


def test_the_log_survives_a_rebuilt_database_and_holds_no_lead(
    database: Path, receiver: Receiver
) -> None:
    ids = write_database(database, range(3))
    send(database, receiver, "/crm")
    write_database(database, [1, 2, 3])  # lead 0 is erased, lead 3 is new
    assert send(database, receiver, "/crm")[0] == 0
    assert receiver.keys("/crm") == [*ids, identifier(3)]
    for file in database.parent.glob("*.deliveries.*"):
        assert b"lead-" not in file.read_bytes()


def test_destinations_are_independent(database: Path, receiver: Receiver, tmp_path: Path) -> None:
    ids = write_database(database, range(2))
    send(database, receiver, "/a")
    send(database, receiver, "/b")
    assert call(database, "--to", tmp_path / "out")[0] == 0
    assert receiver.keys("/a") == receiver.keys("/b") == ids
    assert [row["handoff_id"] for row in in_files(tmp_path / "out")] == ids


def test_a_dry_run_sends_and_writes_nothing(
    database: Path, receiver: Receiver, tmp_path: Path
) -> None:
    write_database(database, range(3))
    code, output = send(database, receiver, "/crm", "--dry-run", "--limit", 2)
    assert code == 0
    assert "2026-06-30T12:00:00Z lead-0 mql 1 inside_sales" in output
    assert "2 hand-offs would go to" in output
    assert "and 1 more without --limit" in output
    assert call(database, "--to", tmp_path / "out", "--dry-run")[0] == 0
    assert receiver.requests == {}
    assert sorted(file.name for file in tmp_path.iterdir()) == ["x.duckdb"]


def test_limit_and_since(database: Path, receiver: Receiver) -> None:
    ids = write_database(database, range(5))
    code, output = send(database, receiver, "/crm", "--since", "2026-06-30T12:02Z", "--limit", 2)
    assert code == 0
    assert "1 more are unsent: over the limit." in output
    assert receiver.keys("/crm") == ids[2:4]
    send(database, receiver, "/crm", "--since", "2026-06-30T15:02:00+03:00")
    assert receiver.keys("/crm") == ids[2:]


def test_two_exports_at_once(database: Path, receiver: Receiver) -> None:
    ids = write_database(database, range(20))
    with lock(log_file(database), 0, print):
        code, output = send(database, receiver, "/crm", "--wait", 0.3)
    assert code == 1
    assert "Another export is under way; waiting for it." in output
    assert "nothing is sent. Run again" in output
    given = ["--database", database, "--to", f"{receiver.address}/crm", *FAST]
    command = [sys.executable, "-m", "lead_scoring", "export", "handoffs", *map(str, given)]
    pair = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait() for process in pair] == [0, 0]
    assert receiver.keys("/crm") == ids


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("http://crm.example/hook", "http is not encrypted"),
        ("ftp://crm.example/hook", "ftp is no way to send"),
        ("https:///hook", "cannot be read"),
        ("https://[crm/hook", "cannot be read"),
        ("https://ann:s3cret@crm.example/", "user or a password"),
        ("https://crm.example/?key=s3cret", "Name the destination"),
        (__file__, "is no folder"),
    ],
)
def test_destinations_that_are_refused(database: Path, to: str, words: str) -> None:
    with pytest.raises(DestinationError, match=words.replace("[", r"\[")) as caught:
        read_destination(to)
    assert "s3cret" not in str(caught.value)
    assert call(database, "--to", to)[0] == 2


def test_names_of_destinations() -> None:
    assert read_destination("https://CRM.example:443").name == "https://crm.example/"
    assert read_destination("https://crm.example:8443/a#b").name == "https://crm.example:8443/a"
    assert read_destination("http://[::1]:80/a").name == "http://[::1]/a"
    plain = read_destination("http://crm.example/a", allow_http=True)
    assert plain == Webhook("http://crm.example/a", "http://crm.example/a")
    with pytest.raises(DestinationError):
        read_destination("https://crm.example", "a/b")


@pytest.mark.parametrize(
    "arguments", [(), ("--to", ""), ("--to", "x", "--since", "soon"), ("--to", "x", "--limit", 0)]
)
def test_wrong_calls(database: Path, arguments: tuple[object, ...]) -> None:
    assert call(database, *arguments)[0] == 2


def test_databases_and_logs_that_cannot_be_used(database: Path, tmp_path: Path) -> None:
    code, output = call(database, "--to", tmp_path / "out")
    assert (code, list(tmp_path.iterdir())) == (1, [])
    assert "There is no database" in output
    write_database(
        database,
        range(1),
    )
    log_file(database).write_text("this is no SQLite file, whatever its name may say")
    code, output = call(database, "--to", tmp_path / "out")
    assert code == 1
    assert "cannot be used as delivery log" in output


def test_nothing_is_sent_where_the_log_cannot_be_written(
    database: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_database(database, range(2))

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(DeliveryLog, "begin", full)
    code, output = send(database, receiver, "/crm")
    assert code == 1
    assert "nothing more is sent: database or disk is full" in output
    assert receiver.requests == {}
