"""Bad rows, rules and models: fifty runs that must end in a refusal, and be seen by no reader."""

from __future__ import annotations

import csv
import gzip
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path

from lead_scoring.project import PROJECT
from lead_scoring_workshop.reliability.commands import Command
from lead_scoring_workshop.reliability.results import Results
from lead_scoring_workshop.reliability.sample import copy_of
from lead_scoring_workshop.reliability.seen import look

# A rule table, words in it, and what stands in their place.
RULES = (
    ("fit_rules", ",20,false,", ",20.555,false,"),
    ("fit_rules", ",20,false,", ",NaN,false,"),
    ("fit_rules", ",20,false,", ',"1e999",false,'),
    ("fit_rules", "seniority,in,", "seniority,is_among,"),
    ("fit_rules", "job_role,10,seniority", "job_role,10,senority"),
    ("fit_rules", "decision_maker_title,*,job_role", "decision_maker_title,*,no_signal"),
    ("fit_rules", "decision_maker_title,*", "decision_maker_title,no_scorecard"),
    ("fit_rules", "rule_id,scorecard", "rule_id,rule_id"),
    ("fit_rules", "points,disqualifies", "points,disqualify"),
    ("engagement_rules", "email_replied,*", "email_clicked,*"),
    ("engagement_rules", ",3,each,,2,", ",3,each,,-2,"),
    ("engagement_rules", ",3,each,,2,", ",3,twice,,2,"),
    ("engagement_rules", "half_life_14", "half_life_15"),
    ("engagement_rules", ",", ";"),
    ("decay_curves", "window,event,30", "window,event,0"),
    ("decay_curves", "window,event,30", "windows,event,30"),
    ("thresholds", "mql,2,50", "mql,2,90"),
    ("thresholds", "mql,2,50", "mql,1,50"),
    ("signals", "job_role,fit", "job_role,engagement"),
    ("scorecards", "90,100,0.6", "90,100,1.6"),
    ("scorecards", "live,20", "live,10"),
    ("rule_conditions", "history,email_bounced", "history,email_bounce"),
    ("inactivity_rules", "60,-10", "60,10"),
    ("audiences", "employee_count,gte,1000", "employee_count,gte,many"),
)
# A model or macro, words in it, and what stands in their place.
MODELS = (
    ("models/marts/lead_scores.sql", "scores.total_score,", "1 as total_score,"),
    ("models/marts/lead_scores.sql", "leads.status,", "'unknown' as status,"),
    ("models/marts/score_reasons.sql", "reasons.points,", "reasons.points + 1 as points,"),
    ("models/marts/lead_scores.sql", "from scores\n", "frm scores\n"),
    ("models/marts/lead_fit_scores.sql", "fit_score,", "1 as fit_score,"),
    ("models/marts/stage_changes.sql", "then 'lost'", "then 'gone'"),
    ("models/marts/lead_scores.sql", "scores.is_disqualified,\n", "\n"),
    (
        "macros/scoring/scores_of_points.sql",
        "fit_unrounded, 0",
        "fit_unrounded + 1, 0",
    ),
)


def _text(table: str, change: Callable[[str], str]) -> Callable[[Path], object]:
    def apply(data: Path) -> None:
        file = data / f"{table}.csv"
        file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")

    return apply


def _rows(
    table: str, change: Callable[[list[dict[str, str]]], list[dict[str, str]]]
) -> Callable[[Path], object]:
    def apply(data: Path) -> None:
        file = data / f"{table}.csv"
        with file.open(encoding="utf-8", newline="") as read:
            rows = list(csv.DictReader(read))
        names = list(rows[0])
        with file.open("w", encoding="utf-8", newline="") as written:
            writer = csv.DictWriter(written, names)
            writer.writeheader()
            writer.writerows(change(rows))

    return apply


def _cut_gzip(data: Path) -> None:
    content = gzip.compress((data / "events.csv").read_bytes())
    (data / "events.csv").unlink()
    (data / "events.csv.gz").write_bytes(content[: len(content) // 2])


def _cut_parquet(data: Path) -> None:
    (data / "outcomes.csv").unlink()
    (data / "outcomes.parquet").write_bytes(b"PAR1" + b"\0" * 500)


INPUTS: dict[str, Callable[[Path], object]] = {
    "no leads file": lambda data: (data / "leads.csv").unlink(),
    "an empty file": lambda data: (data / "events.csv").write_text(""),
    "a column is missing": _text("leads", lambda text: text.replace("created_at", "made_at", 1)),
    "a column comes twice": _text("leads", lambda text: text.replace("email", "lead_id", 1)),
    "semicolons in the header alone": _text(
        "outcomes", lambda text: text.replace(",", ";", text.partition("\n")[0].count(","))
    ),
    "an open quote": _text("leads", lambda text: text + '"x,y\n'),
    "a row too short": _text("events", lambda text: text + "E,L\n"),
    "a row too long": _text("outcomes", lambda text: text + "a" + ",b" * 30 + "\n"),
    "not UTF-8": lambda data: (data / "leads.csv").write_bytes(
        b"lead_id,created_at\n\xff\xfe,2026-01-01\n"
    ),
    "half a gzip file": _cut_gzip,
    "half a Parquet file": _cut_parquet,
    "a table in two ways": lambda data: (data / "events").mkdir(),
    "no folder": lambda data: shutil.rmtree(data),
}


def _ask_for_demos(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    # Just now: runs are as of their own instant, at which all else has long decayed.
    asked_at = (datetime.now(timezone.utc) - timedelta(hours=1)).isoformat(timespec="seconds")
    asked = {"event_type": "demo_requested", "occurred_at": asked_at, "loaded_at": asked_at}
    return [*rows, *({**row, "event_id": f"X{n}", **asked} for n, row in enumerate(rows))]


MOVES: dict[str, Callable[[Path], object]] = {
    "half of the leads": _rows(
        "leads", lambda rows: [row for row in rows if row["lead_id"] < "L000050"]
    ),
    "no events any more": _rows("events", lambda rows: rows[:1]),
    "every lead asks for a demo": _rows("events", _ask_for_demos),
    "every lead disqualified": _rows(
        "leads",
        lambda rows: [{**row, "email": "x@mailinator.com", "first_name": "asdf"} for row in rows],
    ),
    "employees in thousands": _rows(
        "leads", lambda rows: [{**row, "employee_count": "0"} for row in rows]
    ),
}


@dataclass(frozen=True)
class Defect:
    """A defect that was tried. is_visible: a reader saw something of it."""

    kind: str  # rules, input, models or moves
    what: str
    code: int
    words: str
    is_visible: bool
    is_refused: bool
    has_traceback: bool


def try_defects(folder: Path, results: Results, data: Path, database: Path, most: int) -> None:
    """Tries so many defects on a published database; goes on where `results` ends."""
    done = {(each["kind"], each["what"]) for each in results.read("defects")}
    for kind, what, command in _commands(folder, data, database):
        if len(done) >= most:
            return
        if (kind, what) in done:
            continue
        done.add((kind, what))
        before = look(database)
        ended = command().ended()
        defect = Defect(
            kind=kind,
            what=what,
            code=ended.code,
            words=ended.words[:500],
            is_visible=look(database) != before,
            is_refused=ended.code in (1, 3),
            has_traceback="Traceback" in ended.words,
        )
        results.add("defects", asdict(defect))


def _commands(
    folder: Path, data: Path, database: Path
) -> Iterator[tuple[str, str, Callable[[], Command]]]:
    given = ("score", "--database", database)
    for place, (table, old, new) in enumerate(RULES):
        rules = folder / "defects" / f"rules{place}"
        _change(PROJECT / "seeds" / f"lead_scoring__{table}.csv", rules / f"{table}.csv", old, new)
        what = f"{table}: {new!r} in place of {old!r}"
        yield "rules", what, partial(Command.of, *given, "--data", data, "--rules", rules)
    limits = ("--hold-back-leads", "5")
    for kind, changes in (("input", INPUTS), ("moves", MOVES)):
        for what, change in changes.items():
            changed = copy_of(data, folder / "defects" / "data")
            change(changed)
            yield kind, what, partial(Command.of, *given, "--data", changed, *limits)
    for file, old, new in MODELS:
        project = _project(folder / "defects" / "project")
        _change(PROJECT / file, project / file, old, new)
        what = f"{file}: {new.strip()!r} in place of {old.strip()!r}"
        yield "models", what, partial(Command.of, *given, "--data", data, project=project)


def _change(source: Path, target: Path, old: str, new: str) -> None:
    text = source.read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"{source} has no {old!r} to put a defect in the place of.")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    target.write_text(text.replace(old, new), encoding="utf-8")


def _project(folder: Path) -> Path:
    """Copies the project, to be changed."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("models", "macros", "tests", "analyses", "seeds", "scripts"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("dbt_project.yml", "profiles.yml"):
        shutil.copyfile(PROJECT / name, folder / name)
    return folder
