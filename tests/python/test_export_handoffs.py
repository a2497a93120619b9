"""The command export_handoffs: to a real server that misbehaves, and to folders."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner

from handoffs.receiver import Deed, Receiver
from handoffs.sample import identifier, write_database
from lead_scoring.commands import export_handoffs
from lead_scoring.commands.app import app
from lead_scoring.handoffs.delivery_log import DeliveryLog, lock, log_file
from lead_scoring.handoffs.destination import DestinationError, Webhook, read_destination
from lead_scoring.handoffs.export import export
from lead_scoring.handoffs.rows import COLUMNS

DOCS = Path(__file__).resolve().parents[2] / "docs"
SCHEMA = DOCS / "reference" / "handoff.schema.json"
FAST = ("--backoff", "0.01", "--max-wait", "0.05", "--timeout", "0.3")


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.delenv(export_handoffs.TOKEN, raising=False)
    with Receiver() as running:
        yield running


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "x.duckdb"


def call(database: Path, *arguments: object) -> tuple[int, str]:
    """Exports; returns the exit code and all that was printed, its lines joined."""
    given = [str(each) for each in ("--database", database, *arguments)]
    result = CliRunner().invoke(app, ["export", "handoffs", *given])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, " ".join(result.output.replace("│", "").split())


def send(database: Path, receiver: Receiver, path: str, *arguments: object) -> tuple[int, str]:
    return call(database, "--to", receiver.address + path, *FAST, *arguments)


def in_files(*folders: Path) -> list[dict[str, str]]:
    """The rows of all CSV files, as any reader of CSV sees them."""
    found = []
    for file in sorted(file for folder in folders for file in folder.glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as opened:
            found += list(csv.DictReader(opened))
    return found


def last_errors(database: Path) -> dict[str, str | None]:
    with sqlite3.connect(log_file(database)) as connection:
        return dict(connection.execute("select handoff_id, last_error from deliveries").fetchall())


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
    assert "5 hand-offs failed, so many of them in a row that 7 more were not tried" in output
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
    monkeypatch.setenv(export_handoffs.TOKEN, "s3cret-token")
    receiver.scripts["/hook?key=s3cret-query"] = lambda number, _: 500 if number < 7 else "take"
    outputs = [send(database, receiver, "/hook?key=s3cret-query", "--name", "crm")]
    outputs += [call(database, "--status"), (0, "")]
    (_, headers, _), *_ = receiver.requests["/hook?key=s3cret-query"]
    assert headers["Authorization"] == "Bearer s3cret-token"
    assert "s3cret" not in str(outputs)
    for file in database.parent.glob("*.deliveries.*"):
        assert b"s3cret" not in file.read_bytes()
    monkeypatch.setenv(export_handoffs.TOKEN, "s3cret\ntoken")
    code, output = send(database, receiver, "/hook")
    assert code == 2
    assert "s3cret" not in output


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


def test_a_csv_file_is_safe_for_spreadsheets(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    starts = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\uff1d1", 'a,"b"\nc', " =1", "'=1"]
    for number, text in enumerate(starts):
        write_database(database, [number], owner=text)
        assert call(database, "--to", out)[0] == 0
    owners = {row["handoff_id"]: row["owner"] for row in in_files(out)}
    assert [owners[identifier(number)] for number in range(10)] == [
        *("'=1+1", "'+1", "'-1", "'@x", "'\t=1", "'\r=1", "'\uff1d1"),
        *('a,"b"\nc', " =1", "'=1"),
    ]


def test_a_csv_file_has_the_columns_and_nothing_else(database: Path, tmp_path: Path) -> None:
    ids = write_database(database, range(2))
    code, output = call(database, "--to", tmp_path / "out")
    (file,) = (tmp_path / "out").iterdir()
    assert (code, output) == (0, f"2 hand-offs sent to {file}.")
    first, *others = in_files(tmp_path / "out")
    assert tuple(first) == COLUMNS
    assert first["handoff_id"] == ids[0]
    assert first["handed_off_at"] == "2026-06-30T12:00:00Z"
    assert first["reasons"] == "Demo request (+24.4); Größe (-3)"
    assert first["owner"] == ""
    assert len(others) == 1
    assert b"canary" not in file.read_bytes()
    assert call(database, "--to", tmp_path / "out") == (
        0,
        f"0 hand-offs sent to {tmp_path / 'out'}.",
    )
    assert [file] == list((tmp_path / "out").iterdir())


def test_a_folder_that_is_gone_or_cannot_be_written(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    ids = write_database(database, range(1))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        code, output = call(database, "--to", out)
    assert code == 1
    assert "cannot be written: No space left on device" in output
    assert list(out.iterdir()) == []
    out.rmdir()
    code, output = call(database, "--to", out)
    assert code == 1
    assert "got hand-offs before and is gone" in output
    out.mkdir()
    assert call(database, "--to", out)[0] == 0
    assert [row["handoff_id"] for row in in_files(out)] == ids


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
        ("http://crm.example/hook", "http sends hand-offs unencrypted"),
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


class Cut(BaseException):
    """Stands for a kill: no handler of errors sees it."""


@pytest.mark.parametrize("step", ["begin", "complete_file", "close_file"])
@pytest.mark.parametrize("is_done", [False, True])
@pytest.mark.parametrize("is_taken", [False, True])
def test_cut_at_a_step_of_the_log_no_row_is_in_two_files(
    database: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    is_done: bool,
    is_taken: bool,
) -> None:
    out, taken = tmp_path / "out", tmp_path / "taken"
    taken.mkdir()
    write_database(database, range(2))
    real = getattr(DeliveryLog, step)

    def cut(*arguments: object) -> None:
        if is_done:
            real(*arguments)
        raise Cut

    with monkeypatch.context() as patched, pytest.raises(Cut):
        patched.setattr(DeliveryLog, step, cut)
        export(database, read_destination(str(out)))
    if is_taken:
        for file in out.glob("*.csv"):
            shutil.move(file, taken)
    ids = write_database(database, range(3))
    assert call(database, "--to", out)[0] == 0
    assert sorted(row["handoff_id"] for row in in_files(out, taken)) == ids
    assert not list(out.glob(".*"))


def test_the_example_in_the_documentation_follows_the_schema() -> None:
    text = (DOCS / "how-to" / "hand_offs.md").read_text(encoding="utf-8")
    example = json.loads(text.partition("```json\n")[2].partition("```")[0])
    jsonschema.validate(example, json.loads(SCHEMA.read_text()))
    assert list(example) == ["schema", *COLUMNS]
