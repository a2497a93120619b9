"""When the input rows of a case arrive over several runs, and how they change and go again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from random import Random

from generate import vocabulary
from generate.dice import InputRow
from oracle.times import Clock, instant

# What a row is at each run, None where it is not there.
Course = list[InputRow | None]
Courses = dict[str, list[Course]]
# Of calm schedules one row in so many takes a course of its own; all others come when they are due.
CALM = 25


def known_at(row: InputRow, clock: Clock) -> datetime | None:
    """When an event or an outcome was loaded; None where the time cannot be read."""
    text = row.get("loaded_at")
    return instant(text if (text or "").strip() else row["occurred_at"], clock)


class Arrivals:
    """Draws for the rows of one case; a run is named by its number, from 0."""

    def __init__(
        self,
        source: Random,
        instants: Sequence[datetime],
        clock: Clock,
        with_loaded_at: bool,
        is_calm: bool = False,
    ) -> None:
        """instants: of the runs, rising. clock: of the inputs. with_loaded_at: whether the inputs
        have this column.

        is_calm: few rows do anything unusual, so that one is not read again by chance because of
        another one.
        """
        self._source = source
        self._instants = instants
        self._clock = clock
        self._with_loaded_at = with_loaded_at
        self._is_calm = is_calm

    def of_inputs(self, inputs: Mapping[str, Sequence[InputRow]]) -> Courses:
        """The courses of all rows of a case, by table."""
        if not self._with_loaded_at:
            inputs = {
                name: [row | {"loaded_at": None} if "loaded_at" in row else row for row in rows]
                for name, rows in inputs.items()
            }
        return {
            "leads": self._leads(inputs["leads"]),
            "events": [
                one for row in inputs["events"] for one in self._event(row, inputs["leads"])
            ],
            "outcomes": [one for row in inputs["outcomes"] for one in self._outcome(row)],
            "lead_merges": [self._merge(row, inputs["leads"]) for row in inputs["lead_merges"]],
        }

    def _one_in(self, times: int) -> bool:
        return self._source.randrange(times * (CALM if self._is_calm else 1)) == 0

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

    def _event(self, row: InputRow, leads: Sequence[InputRow]) -> list[Course]:
        due = self._due(known_at(row, self._clock))
        if self._is_calm and self._source.randrange(CALM):
            return [self._from(row, due)]
        kinds = (
            ("on time", 40), ("late", 14), ("early", 6), ("copy", 7), ("correction", 7),
            ("correction without loaded_at", 5), ("removed", 5), ("edited", 12),
            ("of another lead", 6), ("unreadable at first", 5),
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
        if kind == "of another lead":
            # one of its versions names another lead, which may be one that is still to come
            other = row | {"lead_id": self._source.choice(leads)["lead_id"]}
            older, newer = (row, other) if self._one_in(2) else (other, row)
            run = self._later(due) if self._one_in(2) else due
            if self._with_loaded_at and self._one_in(2):
                newer = newer | {"loaded_at": self._loaded_before(run)}
            return [self._from(older, due), self._from(newer, run)]
        if kind == "unreadable at first":
            run = self._later(due)
            column = "loaded_at" if self._with_loaded_at else "occurred_at"
            unreadable = row | {column: self._source.choice(("1e9", "soon", "31/12/2025"))}
            if self._one_in(2):
                return [self._from(unreadable, due), self._from(row, run)]
            before = [unreadable if at < run else row for at in range(len(self._instants))]
            return [[one if at >= due else None for at, one in enumerate(before)]]
        if kind == "removed":
            self._remove(course, self._later(due))
        if kind == "edited":
            self._change(course, self._later(0), self._other_event())
        return [course]

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
            due = self._due(instant(row["updated_at"] or row["created_at"], self._clock))
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
            deleted_at = "31/12/2025" if self._one_in(5) else self._instants[run].isoformat()
            self._change(course, run, {"deleted_at": deleted_at})
            if self._one_in(3):
                self._change(course, self._later(run), {"deleted_at": versions[0]["deleted_at"]})
            elif self._one_in(3):
                # purged: what is left of it is of an unknown lead
                for version in courses:
                    self._remove(version, self._later(run))
        return courses

    def _other_lead(self, row: InputRow, others: Sequence[InputRow]) -> InputRow:
        """Some cells as another lead of the case has them."""
        other = self._source.choice(others)
        free = [name for name in row if name not in ("lead_id", "updated_at", "deleted_at")]
        return {name: other[name] for name in self._source.sample(free, 4)}

    def _outcome(self, row: InputRow) -> list[Course]:
        due = self._due(known_at(row, self._clock))
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
        due = self._due(instant(row["merged_at"], self._clock)) if row["merged_at"] else 0
        start = self._later(due) if self._one_in(2) else due
        course = self._from(row, start)
        if self._one_in(4):
            target = self._source.choice(leads)["lead_id"]
            self._change(course, self._later(start), {"merged_into_lead_id": target})
        if self._one_in(4):
            self._remove(course, self._later(start))
        return course
