"""Writes docs/explanation/reliability.md from what was tried."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from lead_scoring_workshop.mutations.fates import (
    EQUIVALENT,
    NOT_TRIED,
    SAME,
    SURVIVED,
    killed_share,
)
from lead_scoring_workshop.reliability.results import Results

Trials = list[dict[str, Any]]
_FOLDER = re.compile(r"(?<![\w.:/])/(?:[^\s'\"/]+/)+")
_HOST = re.compile(r"(process) \d+ on [^,]+,")
_COMMENT = re.compile(r"/\*.*?\*/ ?")
_AROUND = 50  # characters
TEXT = Path(__file__).with_suffix(".md")


def write_report(results: Results, file: Path) -> None:
    """Writes the page."""
    kills, builds = results.read("kills") + results.read("set_ups"), results.read("builds")
    defects, faults = results.read("defects"), results.read("faults")
    looks = Counter[str]()
    for each in results.read("readers"):
        looks.update({name: value for name, value in each.items() if isinstance(value, int)})
    differences = [each["differences"] for each in results.read("comparison")]
    file.write_text(
        TEXT.read_text(encoding="utf-8").format(
            promises=_promises(kills, builds, defects, looks),
            readers=results.read("readers")[-1]["readers"] if results.read("readers") else 8,
            kills=_kills(kills),
            differences=differences[-1] if differences else "(not compared)",
            defects=_defects(defects),
            defect_list=_defect_list(defects),
            faults=_faults(faults),
            mutants=_mutants(results.read("mutations")),
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
    for phase in ("set-up", "start", "build", "publish", "export"):
        chosen = [each for each in kills if each["phase"] == phase]
        if not chosen:
            continue
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


def _mutants(tried: Trials) -> str:
    if not tried:
        return "Not tried yet."
    last = tried[-1]
    fates: Counter[str] = Counter(last["fates"])
    chosen = f"{last['sample']:,} drawn with seed {last['seed']}" if last["sample"] else "all"
    blocks = [
        f"Mutants tried: {chosen}, {sum(fates.values()):,}."
        f" {killed_share(fates, {SAME, NOT_TRIED}):.1f} % of those that fail a unit test or change"
        " rows are killed. Counted as survivors, those that give the same rows or are not tried"
        f" would make it {killed_share(fates):.1f} %. Equivalent ones are left out.",
        _table(("fate", "mutants"), fates.most_common()),
    ]
    for fate in (SURVIVED, EQUIVALENT):
        lived = [
            (
                each["model"],
                each["name"],
                each["kind"],
                *_difference(each["text"], each["mutant"]),
                each.get("why", ""),
            )
            for each in last["survivors"]
            if each["fate"] == fate
        ]
        columns = ("model", "part", "fault", "before", "after", "reason")
        blocks += [f"*{fate.capitalize()}*, one by one:", _table(columns, lived)] if lived else []
    places = Counter(
        (each["model"], each["name"]) for each in last["survivors"] if each["fate"] == NOT_TRIED
    )
    rows = [(*place, count) for place, count in sorted(places.items())]
    if rows:
        blocks += [
            "*Not tried*, and passed by the unit tests:",
            _table(("model", "part", "mutants"), rows),
        ]
    return "\n\n".join(blocks)


class _Sql(str):
    """A piece of SQL: Markdown is to see no link in its brackets."""

    __slots__ = ()


def _difference(before: str, after: str) -> tuple[_Sql, _Sql]:
    """Returns where two texts differ, with a few characters around it. Comments are left out."""
    before, after = _COMMENT.sub("", before), _COMMENT.sub("", after)
    start = _alike(before, after)
    end = _alike(before[start:][::-1], after[start:][::-1])
    first, rest = max(0, start - _AROUND), max(0, end - _AROUND)
    return _Sql(before[first : len(before) - rest]), _Sql(after[first : len(after) - rest])


def _alike(one: str, other: str) -> int:
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(value: object) -> str:
    text = "" if value is None else " ".join(str(value).split())
    text = _HOST.sub(r"\1 ...,", _FOLDER.sub("", text))
    text = text if len(text) <= 240 else f"{text[:237]}..."
    text = text.replace("|", "\\|").replace("{{", "{ {")
    return f"`{text}`" if isinstance(value, _Sql) else text.replace("<", "&lt;")
