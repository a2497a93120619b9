"""Kills at random instants of a run and of an export, and what readers see after each."""

from __future__ import annotations

import csv
import random
import re
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import duckdb

from lead_scoring_workshop.reliability.commands import Command
from lead_scoring_workshop.reliability.seen import NotWhole, look

PHASES = ("start", "build", "publish", "export")
_NODE = re.compile(r" START (\w+)")


@dataclass(frozen=True)
class Kill:
    """One kill: when it came, and what was seen after it."""

    phase: str
    step: str  # what the run was at: start, seed, model, test, publish, export, ended
    seconds: float
    is_whole: bool
    is_lost: bool  # what was published before is there no more, and nothing newer
    problem: str = ""


class Killer:
    """Kills runs of one database, and measures how long their phases take."""

    def __init__(self, data: Path, database: Path, seed: int) -> None:
        """database: published already."""
        self._data, self._database = data, database
        self._random = random.Random(seed)
        self._log = database.with_suffix(".run") / "logs" / "dbt.log"
        self._publishing = database.with_suffix(".versions") / ".publishing"
        self.seconds = dict.fromkeys(PHASES, 1.0)  # how long each phase takes

    def run_whole(self) -> int:
        """Runs to the end and measures; returns the exit code."""
        marks = [time.monotonic()]
        command = self._start()
        command.wait_until(lambda: bool(self._nodes()))
        marks.append(time.monotonic())
        command.wait_until(self._publishing.exists)
        marks.append(time.monotonic())
        code = command.ended().code
        marks.append(time.monotonic())
        for place, phase in enumerate(("start", "build", "publish")):
            self.seconds[phase] = marks[place + 1] - marks[place]
        return code

    def kill(self, phase: str) -> Kill:
        """Kills a run in a phase, at an instant that is equally likely anywhere in it."""
        before = look(self._database)
        command = self._start()
        if phase == "build":
            command.wait_until(lambda: bool(self._nodes()))
        if phase == "publish":
            command.wait_until(self._publishing.exists)
        wait = self._random.uniform(0, self.seconds[phase])
        deadline = time.monotonic() + wait
        command.wait_until(lambda: time.monotonic() >= deadline)
        step = self._step(phase) if command.runs else "ended"
        command.kill()
        try:
            after = look(self._database)
        except (NotWhole, duckdb.Error, OSError) as error:
            return Kill(phase, step, wait, is_whole=False, is_lost=False, problem=str(error))
        lost = before is not None and (after is None or after.run_id < before.run_id)
        return Kill(phase, step, wait, is_whole=True, is_lost=lost)

    def kill_export(self, folder: Path) -> Kill:
        """Kills an export into a new folder, exports again, and counts what has arrived."""
        folder.mkdir(parents=True)
        arguments = ("export handoffs", "--database", self._database, "--to", folder)
        command = Command.of(*arguments)
        wait = self._random.uniform(0, self.seconds["export"])
        deadline = time.monotonic() + wait
        command.wait_until(lambda: time.monotonic() >= deadline)
        step = "export" if command.runs else "ended"
        ended = command.kill()
        if step == "ended":
            self.seconds["export"] = ended.seconds
        again = Command.of(*arguments).ended()
        arrived: Counter[str] = Counter()
        for file in folder.glob("*.csv"):
            with file.open(encoding="utf-8-sig", newline="") as content:
                arrived.update(row["handoff_id"] for row in csv.DictReader(content))
        with duckdb.connect(str(self._database), read_only=True) as connection:
            rows = connection.execute("select handoff_id from lead_handoffs").fetchall()
        wanted = Counter(identifier for (identifier,) in rows)
        problem = "" if arrived == wanted and again.code == 0 else f"{again.code}: {again.words}"
        return Kill("export", step, wait, arrived == wanted, bool(wanted - arrived), problem)

    def _start(self) -> Command:
        self._log.unlink(missing_ok=True)
        return Command.of("score", "--data", self._data, "--database", self._database)

    def _nodes(self) -> list[str]:
        return _NODE.findall(self._log.read_text(errors="replace")) if self._log.exists() else []

    def _step(self, phase: str) -> str:
        if self._publishing.exists():
            return "publish"
        nodes = self._nodes()
        if not nodes:
            return "start"
        return {"sql": "model"}.get(nodes[-1], nodes[-1]) if phase != "publish" else "publish"
