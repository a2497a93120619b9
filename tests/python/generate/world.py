"""What the cases of one run share: as_of, zone, vocabulary, rules of every scorecard."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from generate import vocabulary
from generate.dice import Dice, SeedRow
from oracle import Settings, instant
from oracle.times import Clock


@dataclass(frozen=True)
class World:
    """One run's settings and the rows of each seed that no case owns; ages (in days)
    are those at which a shared rule changes."""

    as_of: str
    settings: Settings
    seeds: dict[str, list[SeedRow]] = field(default_factory=dict)
    ages: set[int] = field(default_factory=set)

    @property
    def now(self) -> datetime:
        """The instant `as_of`."""
        moment = instant(self.as_of)
        assert moment is not None
        return moment

    @property
    def zone(self) -> ZoneInfo:
        """The reporting time zone."""
        return ZoneInfo(self.settings.time_zone)

    @property
    def clock(self) -> Clock:
        """How the inputs write times."""
        return self.settings.clock

    @property
    def today(self) -> date:
        """The day of `as_of` in the reporting time zone."""
        return self.now.astimezone(self.zone).date()


def attributes(dice: Dice) -> list[SeedRow]:
    """Every attribute, each known at some time; the one that tells cases apart always."""
    rows = []
    for of, types in (
        ("lead", vocabulary.LEAD_ATTRIBUTES),
        ("event", vocabulary.EVENT_ATTRIBUTES),
    ):
        for name, kind in types.items():
            known = dice.pick(("at_creation", "later", "after_contact"))
            ways = ("", "fill", "any", "any") if kind == "flag" else ("", "fill")
            is_mergeable = of == "lead" and name in vocabulary.MERGEABLE
            rows.append(
                {
                    "attribute": dice.messy(name),
                    "of": of,
                    "type": kind,
                    "known": "at_creation" if name == "case_id" else known,
                    "on_merge": dice.pick(ways) if is_mergeable else "",
                    "can_be_prompted": "true" if of == "lead" else "",
                    "description": f"the {name}",
                }
            )
    return rows


def event_types(dice: Dice) -> list[SeedRow]:
    """The event types; one at least is an activity, one a click."""
    rows = []
    for name in vocabulary.EVENT_TYPES:
        is_activity = name == "page_view" or dice.one_in(2)
        is_click = name == "email_click" or dice.one_in(3)
        rows.append(
            {
                "event_type": dice.messy(name),
                "is_activity": "true" if is_activity else "false",
                "is_click": "true" if is_click else "false",
                "can_be_prompted": "false" if name == vocabulary.EVENT_TYPES[-1] else "true",
                "description": name.replace("_", " "),
            }
        )
    return rows


def title_keywords(dice: Dice) -> list[SeedRow]:
    """Some keywords with ties of priority and blanks."""
    return [
        {
            "keyword": dice.messy(keyword),
            "priority": dice.pick(("", "1", "1", "2", "3")),
            "seniority": dice.blank_or(dice.pick(vocabulary.SENIORITIES), 4),
            "department": dice.blank_or(dice.pick(vocabulary.DEPARTMENTS), 3),
        }
        for keyword in dice.some(vocabulary.KEYWORDS, 4, len(vocabulary.KEYWORDS))
    ]


LADDERS = {
    "stage": ("lead", "mql", "sql"),
    "temperature": ("cold", "warm", "hot"),
    "fit_grade": ("D", "C", "B", "A"),
    "engagement_grade": ("4", "3", "2", "1"),
}
MINIMUM_OF = {
    "stage": "min_total",
    "temperature": "min_engagement",
    "fit_grade": "min_fit",
    "engagement_grade": "min_engagement",
}


def thresholds(dice: Dice, scorecard: str, whole_ladders: bool) -> list[SeedRow]:
    """Ladders whose ranks rise with their minimums.

    An override of some labels keeps within the bands (of 1 to 33, 34 to 66, 67 to 100) that
    each rank has to itself, so that a ladder rises whatever is overridden.
    """
    rows = []
    for ladder, labels in LADDERS.items():
        column = MINIMUM_OF[ladder]
        band = 99 // (len(labels) - 1)
        for rank, label in enumerate(labels):
            if not whole_ladders and not dice.one_in(2):
                continue
            row = {
                "scorecard": scorecard,
                "ladder": ladder,
                "label": label if whole_ladders else dice.pick((label, label.upper())),
                "rank": str(rank + 1),
                "exit_margin": dice.blank_or("5"),
            }
            if rank:
                low = (rank - 1) * band + 1
                row[column] = str(dice.number(low, low + band - 1))
            if ladder == "stage" and label == "sql":
                row["min_fit"] = dice.pick(("", "1", "50"))
                row["min_engagement"] = dice.pick(("", "10.5"))
            rows.append(row)
    return rows
