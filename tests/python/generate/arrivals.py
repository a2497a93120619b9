"""When the input rows of a case arrive over several runs, and how they change and go again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from generate import vocabulary
from generate.dice import InputRow
from generate.shared import ZONES
from oracle import instant

# What a row is at each run, None where it is not there.
Course = list[InputRow | None]
Courses = dict[str, list[Course]]
LOAD_DAY_ZONES = tuple(map(ZoneInfo, ZONES))  # Settings may change from run to run.
DAY_AND_THE_ONE_BEFORE = (timedelta(0), timedelta(days=1))


def known_at(row: InputRow) -> datetime | None:
    """When an event or an outcome was loaded; None where the time cannot be read."""
    text = row.get("loaded_at")
    return instant(text if (text or "").strip() else row["occurred_at"])


def is_new(row: InputRow, now: datetime) -> bool:
    """Whether an event was loaded on the day of `now` or the day before, in every time zone.

    Only such events are edited in place between runs: of older days a run need not see more
    than that rows came or went.
    """
    loaded = known_at(row)
    return loaded is not None and all(
        now.astimezone(zone).date() - loaded.astimezone(zone).date() in DAY_AND_THE_ONE_BEFORE
        for zone in LOAD_DAY_ZONES
    )


class Arrivals:
    """Draws for the rows of one case; a run is named by its number, from 0."""

    def __init__(self, source: Random, instants: Sequence[datetime], with_loaded_at: bool) -> None:
        """instants: of the runs, rising. with_loaded_at: whether the inputs have this column."""
        self._source = source
        self._instants = instants
        self._with_loaded_at = with_loaded_at

    def of_inputs(self, inputs: Mapping[str, Sequence[InputRow]]) -> Courses:
        """The courses of all rows of a case, by table."""
        if not self._with_loaded_at:
            inputs = {
                name: [row | {"loaded_at": None} if "loaded_at" in row else row for row in rows]
                for name, rows in inputs.items()
            }
        return {
            "leads": self._leads(inputs["leads"]),
            "events": [one for row in inputs["events"] for one in self._event(row)],
            "outcomes": [one for row in inputs["outcomes"] for one in self._outcome(row)],
            "lead_merges": [self._merge(row, inputs["leads"]) for row in inputs["lead_merges"]],
        }

    def _one_in(self, times: int) -> bool:
        return self._source.randrange(times) == 0

    def _from(self, row: InputRow, start: int) -> Course:
        return [row if number >= start else None for number in range(len(self._instants))]

    def _due(self, moment: datetime | None) -> int:
        """The first run at or after the moment, else the last; the first for an unreadable one."""
        runs = (n for n, now in enumerate(self._instants) if moment is None or moment <= now)
        return next(runs, len(self._instants) - 1)

    def _later(self, start: int) -> int:
        """A run after `start`; the last where there is none."""
        last = len(self._instants) - 1
        return self._source.randint(min(start + 1, last), last)

    def _change(self, course: Course, run: int, changes: InputRow) -> None:
        """The same row with other cells from a run on."""
        course[run:] = [row and row | changes for row in course[run:]]

    def _remove(self, course: Course, run: int) -> None:
        course[run:] = [None] * len(course[run:])

    def _event(self, row: InputRow) -> list[Course]:
        loaded, occurred = known_at(row), instant(row["occurred_at"])
        due = self._due(max(loaded, occurred) if loaded and occurred else loaded)
        kinds = (
            ("on time", 44), ("late", 14), ("early", 6), ("copy", 7), ("correction", 7),
            ("correction without loaded_at", 5), ("removed", 5), ("edited", 12),
        )  # fmt: skip
        kind = self._source.choices([name for name, _ in kinds], [share for _, share in kinds])[0]
        if kind == "late":
            late = row if self._one_in(4) else row | {"loaded_at": None}
            return [self._from(late, self._later(due))]
        if kind == "early":
            return [self._from(row, self._source.randint(0, due))]
        course = self._from(row, due)
        if kind == "copy":
            return [course, self._from(dict(row), self._later(due))]
        if kind.startswith("correction"):
            run = self._later(due)
            changes = self._other_event()
            if kind == "correction" and self._with_loaded_at:
                changes["loaded_at"] = self._loaded_before(run)
            else:
                changes["loaded_at"] = None
                if self._one_in(2):
                    changes["occurred_at"] = self._loaded_before(run)
            return [course, self._from(row | changes, run)]
        if kind == "removed":
            self._remove(course, self._later(due))
        if kind == "edited":
            self._edit_event(course, row)
        return [course]

    def _edit_event(self, course: Course, row: InputRow) -> None:
        runs = [
            number
            for number, now in enumerate(self._instants)
            if number and course[number - 1] and is_new(row, now)
        ]
        if runs:
            self._change(course, self._source.choice(runs), self._other_event())

    def _other_event(self) -> InputRow:
        """Other content of an event, the same loading time."""
        return {
            "event_type": self._source.choice(vocabulary.RULED_EVENT_TYPES),
            "url": self._source.choice((None, *vocabulary.URLS)),
            "quantity": self._source.choice((None, "1", "2", "10")),
            "user_agent": self._source.choice(("Safari", "Safari", *vocabulary.USER_AGENTS)),
        }

    def _loaded_before(self, run: int) -> str:
        """An instant after the run before, up to this run."""
        now, before = self._instants[run], self._instants[max(run - 1, 0)]
        gap = max(now - before, timedelta(microseconds=1))
        return (now - gap * self._source.choice((0, 0.25, 0.999))).isoformat()

    def _leads(self, rows: Sequence[InputRow]) -> list[Course]:
        by_lead: defaultdict[str | None, list[InputRow]] = defaultdict(list)
        for row in rows:
            by_lead[row["lead_id"]].append(row)
        return [one for versions in by_lead.values() for one in self._lead(versions, rows)]

    def _lead(self, versions: Sequence[InputRow], others: Sequence[InputRow]) -> list[Course]:
        """All rows of one lead: it may come after its events, be removed or erased."""
        first = self._later(0) if self._one_in(7) else 0
        courses = []
        for row in versions:
            due = self._due(instant(row["updated_at"] or row["created_at"]))
            start = self._later(due) if self._one_in(5) else due
            course = self._from(row, max(first, 0 if self._one_in(5) else start))
            if self._one_in(5):
                self._change(course, self._later(0), self._other_lead(row, others))
            if self._one_in(20):
                self._remove(course, self._later(0))
            courses.append(course)
        if self._one_in(14):
            for course in courses:
                self._remove(course, self._later(0))
        if self._one_in(10):
            course, run = self._source.choice(courses), self._later(0)
            self._change(course, run, {"deleted_at": self._instants[run].isoformat()})
            if self._one_in(4):
                self._change(course, self._later(run), {"deleted_at": versions[0]["deleted_at"]})
        return courses

    def _other_lead(self, row: InputRow, others: Sequence[InputRow]) -> InputRow:
        """Some cells as another lead of the case has them."""
        other = self._source.choice(others)
        free = [name for name in row if name not in ("lead_id", "updated_at", "deleted_at")]
        return {name: other[name] for name in self._source.sample(free, 4)}

    def _outcome(self, row: InputRow) -> list[Course]:
        due = self._due(known_at(row))
        if self._one_in(4):
            return [self._from(row | {"loaded_at": None}, self._later(due))]
        course = self._from(row, self._source.randint(0, due) if self._one_in(8) else due)
        if self._one_in(5):
            changes: InputRow = {"outcome": self._source.choice(("won", "lost", "reopened"))}
            self._change(course, self._later(due), changes)
        if self._one_in(10):
            self._remove(course, self._later(due))
        copies = [self._from(dict(row), self._later(due))] if self._one_in(15) else []
        return [course, *copies]

    def _merge(self, row: InputRow, leads: Sequence[InputRow]) -> Course:
        due = self._due(instant(row["merged_at"])) if row["merged_at"] else 0
        start = self._later(due) if self._one_in(2) else due
        course = self._from(row, start)
        if self._one_in(4):
            target = self._source.choice(leads)["lead_id"]
            self._change(course, self._later(start), {"merged_into_lead_id": target})
        if self._one_in(4):
            self._remove(course, self._later(start))
        return course


def keep_removed_of_days_with_arrivals(
    courses: Sequence[Course], instants: Sequence[datetime]
) -> None:
    """Let events stay whose removal would hide behind another event of the same load day.

    Where as many rows of an older day come as go, a run that counts rows sees nothing, as with an
    edit in place. In the newest two days of a run anything may happen.
    """
    for run, now in enumerate(instants[1:], start=1):
        came = {
            day
            for course in courses
            if course[run - 1] is None and (row := course[run]) is not None
            for day in _days(row)
        }
        for course in courses:
            row = course[run - 1]
            gone = row is not None and course[run] is None
            if row is not None and gone and not is_new(row, now) and _days(row) & came:
                course[run:] = [row] * len(course[run:])


def _days(row: InputRow) -> set[tuple[str, str]]:
    loaded = known_at(row)
    if loaded is None:
        return {("unreadable", "")}
    return {(str(zone), str(loaded.astimezone(zone).date())) for zone in LOAD_DAY_ZONES}
