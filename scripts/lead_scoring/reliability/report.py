"""Writes docs/reliability.md from what was tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from lead_scoring.reliability.results import Results

Trials = list[dict[str, Any]]
TEXT = """\
# What was tried against publication

Written by `./scripts/check_reliability`; every figure is counted by it. A smaller sample runs in `./scripts/test`.

{promises}

A reader looks at all published tables of the folder that `lead_scoring.current` leads to, `lead_contacts` too: they are *whole* if every table has the rows that
`run_tables` says and the `as_of` of the run, and if reasons sum to scores. {readers} readers do so again and again, in processes of their own, while runs are killed and ended.

## Kills

SIGKILL to the whole process group. *start*: until dbt begins to build; *build*: seeds, models and tests; *publish*: from the first byte of the published file on; *export*: of
hand-offs into a new folder, exported again afterwards: each must then be there once. Instants are equally likely anywhere in the phase.

{kills}

After the last kill one more run and a first run into a new file, at the same instant, differed in {differences} rows of the tables that do not tell of runs.

## Defects

Each is put into a run of its own. *Refused*: it ended with 1, or 3 where it was held back.

{defects}

{defect_list}

## Faults

Numbers are runs: what readers saw before, during and after, then what they saw after the next run. Blank: the next run was made once, after several.

{faults}
"""


def write_report(results: Results, file: Path) -> None:
    """Writes the page."""
    kills, builds = results.read("kills"), results.read("builds")
    defects, faults = results.read("defects"), results.read("faults")
    looks = Counter[str]()
    for each in results.read("readers"):
        looks.update({name: value for name, value in each.items() if isinstance(value, int)})
    differences = [each["differences"] for each in results.read("comparison")]
    file.write_text(
        TEXT.format(
            promises=_promises(kills, builds, defects, looks),
            readers=results.read("readers")[-1]["readers"] if results.read("readers") else 8,
            kills=_kills(kills),
            differences=differences[-1] if differences else "(not compared)",
            defects=_defects(defects),
            defect_list=_defect_list(defects),
            faults=_faults(faults),
        ),
        encoding="utf-8",
    )


def _promises(kills: Trials, builds: Trials, defects: Trials, looks: Counter[str]) -> str:
    torn = sum(not each["is_whole"] for each in kills)
    lost = sum(each["is_lost"] for each in kills)
    failed = sum(each["code"] != 0 for each in builds)
    visible = sum(each["is_visible"] for each in defects)
    rows = [
        (
            "publication is whole or not at all",
            f"{len(kills)} kills at random instants",
            f"{lost} lost, {torn} torn or mixed",
        ),
        (
            "a bad run changes nothing that readers see",
            f"{len(defects)} defects",
            f"{visible} visible",
        ),
        (
            "readers are never blocked, and never block",
            f"{len(builds)} whole runs beside 8 readers, {looks['looks']:,} looks",
            f"{looks['errors']} reader errors, {looks['mixes']} mixes, {looks['steps_back']} steps"
            f" back, {failed} runs failed",
        ),
    ]
    return _table(("promise", "tried", "came out"), rows)


def _kills(kills: Trials) -> str:
    rows = []
    for phase in ("start", "build", "publish", "export"):
        chosen = [each for each in kills if each["phase"] == phase]
        steps = Counter(each["step"] for each in chosen)
        rows.append(
            (
                phase,
                len(chosen),
                ", ".join(f"{step} {count}" for step, count in steps.most_common()),
                sum(each["is_whole"] for each in chosen),
                sum(each["is_lost"] for each in chosen),
            )
        )
    return _table(("phase", "kills", "what the run was at", "whole", "lost"), rows)


def _defects(defects: Trials) -> str:
    rows = []
    for kind in dict.fromkeys(each["kind"] for each in defects):
        chosen = [each for each in defects if each["kind"] == kind]
        rows.append(
            (
                kind,
                len(chosen),
                sum(each["is_refused"] for each in chosen),
                sum(each["is_visible"] for each in chosen),
                sum(each["has_traceback"] for each in chosen),
            )
        )
    return _table(("kind", "defects", "refused", "visible", "with a traceback"), rows)


def _defect_list(defects: Trials) -> str:
    rows = [(each["kind"], each["what"], each["code"], each["words"]) for each in defects]
    return _table(("kind", "defect", "exit code", "message"), rows)


def _faults(faults: Trials) -> str:
    rows = [
        (
            each["name"],
            *(each[name] for name in ("before", "during", "after", "code", "words")),
            each["next_code"],
            each["next_seen"] if each["next_code"] is not None else "",
        )
        for each in faults
    ]
    columns = (
        "fault",
        "before",
        "during",
        "after",
        "exit code",
        "message",
        "next run",
        "then seen",
    )
    return _table(columns, rows)


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split())
    text = text if len(text) <= 240 else f"{text[:237]}..."
    return text.replace("|", "\\|").replace("<", "&lt;").replace("{{", "{ {")
