"""Exports of scores that are killed at any line and at any time: nothing lost, nothing twice."""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from deliveries.calls import FAST, in_files
from deliveries.hubspot_stub import PROPERTIES, HubSpotStub
from deliveries.killed_exports import KILLED, KilledExports, sample
from deliveries.receiver import Receiver
from deliveries.salesforce_stub import SalesforceStub
from deliveries.score_sample import Record
from lead_scoring.commands.app import app

Scores = dict[str, int | str | None]
Begun = Callable[[str], Callable[[str], Record]]  # destination -> name -> a world
FIRST: Scores = {f"lead-{number:03}": number for number in range(103)}  # two batches of a webhook
SECOND: Scores = dict.fromkeys(list(FIRST)[:-2], 50)  # two are erased
THIRD: Scores = {**SECOND, "lead-000": 90, "new": 1}


def behave(number: int, _: str) -> str | int:
    """What the receiver does: it fails the first, then drops each third after taking it."""
    return 503 if number == 1 else "drop_after" if number % 3 == 0 else "take"


def some(kills: int) -> int:
    """A kill costs a run more than one of hand-offs: CI tries half as many."""
    return max(kills // 2, 1)


@pytest.fixture
def begun(exports: KilledExports, tmp_path: Path) -> Begun:
    """Makes worlds in which all leads have been sent once; only one is really made."""

    def make(to: str) -> Callable[[str], Record]:
        record = Record(tmp_path / "first" / "x.duckdb")
        record.database.parent.mkdir()
        record.say(FIRST)
        given = ("--database", record.database, "--to", to, "--name", "crm")
        assert exports.run(*given, content="scores")["code"] == 0

        def copy(name: str) -> Record:
            folder = tmp_path / name
            shutil.copytree(record.database.parent, folder)
            return record.copy(folder / record.database.name)

        return copy

    return make


def test_killed_at_any_line_a_webhook_gets_each_state_once(
    exports: KilledExports, kills: int, begun: Begun
) -> None:
    def trial(receiver: Receiver, record: Record, line: int | None) -> dict[str, object]:
        path = f"/{record.database.parent.name}"
        to = ("--to", receiver.address + path, "--name", "crm", *FAST)
        given = ("--database", record.database, *to)
        record.say(SECOND)
        receiver.scripts[path] = behave
        ended = exports.run(*given, line=line, content="scores")
        record.say(THIRD if line else SECOND)
        again = exports.run(*given, content="scores")
        assert again["code"] == 0, again
        applied = {lead["key"]: lead for body in receiver.bodies(path) for lead in body["leads"]}
        had = dict(FIRST)
        for lead in applied.values():
            had[lead["lead_id"]] = lead["total_score"]
        assert {lead: said for lead, said in had.items() if said is not None} == record.said
        states = Counter((lead["lead_id"], lead["total_score"]) for lead in applied.values())
        assert set(states.values()) == {1}
        return ended

    with Receiver() as receiver:
        made = begun(f"{receiver.address}/first")
        codes = codes_of(lambda name, line: trial(receiver, made(name), line), kills)
    assert codes.count(KILLED) >= 0.9 * len(codes)


def test_killed_at_any_line_a_folder_gets_each_state_once(
    exports: KilledExports, kills: int, tmp_path: Path, begun: Begun
) -> None:
    first = tmp_path / "first" / "out"
    made = begun(str(first))

    def trial(record: Record, line: int | None) -> dict[str, object]:
        out = record.database.with_name("out")
        given = ("--database", record.database, "--to", out, "--name", "crm")
        record.say(SECOND)
        ended = exports.run(*given, line=line, content="scores")
        record.say(THIRD if line else SECOND)
        assert exports.run(*given, content="scores")["code"] == 0
        states = Counter((row["lead_id"], row["total_score"]) for row in in_files(out))
        assert set(states.values()) == {1}, out
        wanted = {(lead, str(said)) for lead, said in record.said.items()}
        wanted |= {(lead, "") for lead in FIRST if lead not in SECOND}
        assert wanted <= set(states)
        assert not list(out.glob(".*"))
        return ended

    codes = codes_of(lambda name, line: trial(made(name), line), kills)
    assert codes.count(KILLED) >= 0.9 * len(codes)


def codes_of(trial: Callable[[str, int | None], dict[str, object]], kills: int) -> list[object]:
    """The exit codes of trials that were killed at lines that are spread evenly."""
    whole = trial("whole", None)
    assert whole["code"] == 0, whole
    lines = sample(int(str(whole["lines"])), some(kills))
    return [trial(f"line{line}", line)["code"] for line in lines]


@pytest.mark.parametrize("tool", ["hubspot", "salesforce"])
def test_killed_at_any_time_a_crm_has_what_the_record_says(
    exports: KilledExports, kills: int, tmp_path: Path, tool: str
) -> None:
    chance = random.Random(4)
    record = Record(tmp_path / "x.duckdb")
    leads = [f"lead-{number:03}" for number in range(230)]
    with (HubSpotStub if tool == "hubspot" else SalesforceStub)() as crm:
        given = ("--to", tool, "--address", crm.address)
        printed = CliRunner().invoke(app, ["export", "scores", *given, "--print-definitions"])
        if isinstance(crm, HubSpotStub):
            headers = {"Authorization": "Bearer s3cret"}
            assert crm.take("POST", PROPERTIES, headers, json.loads(printed.output))[0] == 201
        else:
            assert isinstance(crm, SalesforceStub)
            crm.deploy(printed.output)
            crm.has("lead_id__c", *leads)
        call = (*given, "--database", record.database, *FAST)
        killed = 0
        for _ in range(some(kills)):
            record.say({lead: chance.choice([1, 50, 99]) for lead in chance.sample(leads, 200)})
            seconds = chance.uniform(0, 0.2)
            killed += exports.run(*call, seconds=seconds, content="scores")["code"] == KILLED
        assert exports.run(*call, content="scores")["code"] == 0
        if isinstance(crm, HubSpotStub):
            has = {lead: one["lead_score_total"] for lead, one in crm.by("lead_id").items()}
        else:
            assert isinstance(crm, SalesforceStub)
            has = {
                lead: str(one.get("lead_score_total__c") or "")
                for lead, one in crm.by("lead_id__c").items()
            }
        assert {lead: said for lead, said in has.items() if said} == {
            lead: str(said) for lead, said in record.said.items()
        }
    assert killed >= some(kills) / 3
