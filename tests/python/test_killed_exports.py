"""Exports that are killed at any line and at any time: none lost, none twice."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

from deliveries.calls import FAST, in_files
from deliveries.killed_exports import KILLED, KilledExports, sample
from deliveries.receiver import Receiver
from deliveries.sample import identifier, write_database


def behave(number: int, _: str) -> str | int:
    """What the receiver does: it fails the first, then drops each third after taking it."""
    return 503 if number == 1 else "drop_after" if number % 3 == 0 else "take"


def test_killed_at_any_line_a_webhook_gets_each_once(
    exports: KilledExports, kills: int, tmp_path: Path
) -> None:
    ids = [identifier(number) for number in range(3)]

    def trial(receiver: Receiver, name: str, line: int | None) -> dict[str, object]:
        database = tmp_path / name / "x.duckdb"
        database.parent.mkdir()
        write_database(database, range(3))
        path = f"/{name}"
        receiver.scripts[path] = behave
        given = ("--database", database, "--to", receiver.address + path, *FAST)
        ended = exports.run(*given, line=line)
        write_database(database, range(4) if line else range(3))  # rebuilt, with a new lead
        again = exports.run(*given)
        assert again["code"] == 0, again
        assert receiver.taken[path] == Counter([*ids, *[identifier(3)][: line is not None]])
        assert exports.run(*given)["output"].startswith("0 hand-offs sent")
        return ended

    with Receiver() as receiver:
        whole = trial(receiver, "whole", None)
        assert whole["code"] == 0, whole
        points = sample(int(str(whole["lines"])), kills)
        codes = [trial(receiver, f"line{line}", line)["code"] for line in points]
    assert codes.count(KILLED) >= 0.9 * len(points)


def test_killed_at_any_line_a_folder_gets_each_once(
    exports: KilledExports, kills: int, tmp_path: Path
) -> None:
    def trial(name: str, line: int | None) -> dict[str, object]:
        database, out, taken = (tmp_path / name / part for part in ("x.duckdb", "out", "taken"))
        taken.mkdir(parents=True)
        write_database(database, range(3))
        given = ("--database", database, "--to", out)
        ended = exports.run(*given, line=line)
        if line is not None and line % 2:  # the reader takes its files away at once
            for file in out.glob("*.csv"):
                shutil.move(file, taken)
        before = Counter(row["handoff_id"] for row in in_files(out, taken))
        write_database(database, [0, 2, 3])  # lead 1 is erased, lead 3 is new
        assert exports.run(*given)["code"] == 0
        found = Counter(row["handoff_id"] for row in in_files(out, taken))
        assert found == {**before, **{identifier(number): 1 for number in (0, 2, 3)}}, name
        assert not list(out.glob(".*"))
        assert exports.run(*given)["output"].startswith("0 hand-offs sent")
        return ended

    whole = trial("whole", None)
    assert whole["code"] == 0, whole
    points = sample(int(str(whole["lines"])), kills)
    codes = [trial(f"line{line}", line)["code"] for line in points]
    assert codes.count(KILLED) >= 0.9 * len(points)


def test_killed_at_any_time_a_webhook_gets_each_once(
    exports: KilledExports, kills: int, tmp_path: Path
) -> None:
    chance = random.Random(4)
    database = tmp_path / "x.duckdb"
    killed = 0
    ids: list[str] = []
    with Receiver() as receiver:
        receiver.scripts["/crm"] = behave
        given = ("--database", database, "--to", f"{receiver.address}/crm", *FAST)
        for number in range(kills):
            ids = write_database(database, range(2 * number + 2))
            killed += exports.run(*given, seconds=chance.uniform(0, 0.15))["code"] == KILLED
        assert exports.run(*given)["code"] == 0
        assert receiver.taken["/crm"] == Counter(ids)
    assert killed >= kills / 3
