"""Hand-offs to folders: CSV files, whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from deliveries.calls import call, in_files
from deliveries.sample import identifier, write_database
from lead_scoring.delivery.delivery_log import DeliveryLog
from lead_scoring.delivery.destination import read_destination
from lead_scoring.delivery.export import export
from lead_scoring.delivery.handoffs import COLUMNS, HANDOFFS


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "x.duckdb"


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
        export(database, HANDOFFS, read_destination(str(out)))
    if is_taken:
        for file in out.glob("*.csv"):
            shutil.move(file, taken)
    ids = write_database(database, range(3))
    assert call(database, "--to", out)[0] == 0
    assert sorted(row["handoff_id"] for row in in_files(out, taken)) == ids
    assert not list(out.glob(".*"))
