"""What a likelihood may look at: candidates for rows of prediction_features."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lead_scoring.data.leaks import KNOWN_BEFORE
from lead_scoring.rules.checks.characters import can_be_named
from lead_scoring.rules.checks.values import NUMBERS
from lead_scoring.rules.rule_set import Cells, RuleSet, is_true

WINDOWS = (None, 30)  # days back in which events of one type are looked at
WINDOWS_OF_ALL = (None, 7, 30, 90)
WINDOWS_OF_TREND = (7, 30)
MOST_CURVES = 2
ALL_ACTIVITY = "All activity"


@dataclass(frozen=True)
class Feature:
    """A feature as prediction_features has it. entry: of a list attribute, the one looked for."""

    name: str
    words: str
    measure: str
    attribute: str = ""
    event_type: str = ""
    within_days: int | None = None
    decay: str = ""
    entry: str = ""

    @property
    def is_of_attribute(self) -> bool:
        """Whether it looks at the lead itself, not at what it does."""
        return self.measure == "attribute"

    @property
    def is_count(self) -> bool:
        """Whether more of it is more of the same, so that its effect goes one way."""
        return not self.is_of_attribute and self.measure not in ("age", "trend")

    def row(self, prediction: str) -> Cells:
        """Returns its row of prediction_features."""
        return {
            "prediction": prediction,
            "feature": self.name,
            "measure": self.measure,
            "attribute": self.attribute,
            "event_type": self.event_type,
            "within_days": "" if self.within_days is None else str(self.within_days),
            "decay": self.decay,
            "description": self.words,
        }


def features_of_events(
    rules: RuleSet, event_types: Sequence[str], without: frozenset[str]
) -> list[Feature]:
    """Returns what can be measured of the activity of leads, all of it and by its type.

    event_types: that occur, as the rule tables name them. without: names of attributes and event
    types that are not to be looked at.
    """
    curves = _curves(rules)
    numbers = [
        row
        for row in rules.tables["attributes"]
        if row["of"] == "event"
        and row["type"] in NUMBERS
        and row["known"] in KNOWN_BEFORE
        and row["attribute"] not in without
    ]
    found = [Feature("age", "Days since the lead exists", "age")]
    known = rules.names("event_types", "event_type")
    active = [name for name, row in known.items() if is_true(row["is_activity"])]
    if not without & set(active):
        # What is to be left out would come in by the back door.
        found += _of_all_activity(curves)
    for event_type in event_types:
        if event_type not in without and can_be_named(event_type):
            words = known[event_type]["description"] if event_type in known else ""
            found += _of_type(event_type, words or event_type, curves, numbers)
    return found


def refused_types(rules: RuleSet, event_types: Sequence[str], without: frozenset[str]) -> list[str]:
    """Returns which event types are not looked at, each with the reason."""
    known = rules.names("event_types", "event_type")
    found = []
    for one in event_types:
        if one in without:
            is_active = one in known and is_true(known[one]["is_activity"])
            further = ", and so is all activity, of which it is a part" if is_active else ""
            found.append(f"{one}: left out on request{further}")
        elif not can_be_named(one):
            found.append(f"{one}: a rule cannot name it, for one of its characters")
    return found


def _curves(rules: RuleSet) -> list[tuple[str, str]]:
    """The curves by which events fade: those half-lives of the rule tables that count from them."""
    found = [
        (row["decay"], f"half-life {row['days']} d")
        for row in rules.tables["decay_curves"]
        if row["method"] == "half_life" and row["clock"] == "event" and not row["grace_days"]
    ]
    return found[:MOST_CURVES]


def _of_all_activity(curves: Sequence[tuple[str, str]]) -> Iterator[Feature]:
    words = ALL_ACTIVITY
    for days in WINDOWS_OF_ALL:
        yield Feature(_name("activity", "events", days), _in(words, days), "events", "", "", days)
        yield Feature(
            _name("activity", "days", days), _in("Active days", days), "days", "", "", days
        )
    for days in WINDOWS_OF_TREND:
        named = f"{words}: the last {days} days less the {days} before"
        yield Feature(_name("activity", "trend", days), named, "trend", "", "", days)
    for measure, what in (("targets", "Different pages and assets"), ("sessions", "Sessions")):
        for span in (None, 30):
            yield Feature(_name("activity", measure, span), _in(what, span), measure, "", "", span)
    yield Feature("activity_recency", "Days since the latest activity", "recency")
    for curve, said in curves:
        yield Feature(f"activity_{curve}", f"{words}, {said}", "events", "", "", None, curve)


def _of_type(
    event_type: str, words: str, curves: Sequence[tuple[str, str]], numbers: Sequence[Cells]
) -> Iterator[Feature]:
    for days in WINDOWS:
        yield Feature(
            _name(event_type, "events", days), _in(words, days), "events", "", event_type, days
        )
    for curve, said in curves:
        name = f"{event_type}_{curve}"
        yield Feature(name, f"{words}, {said}", "events", "", event_type, None, curve)
    yield Feature(
        f"{event_type}_recency", f"{words}: days since the latest", "recency", "", event_type
    )
    for row in numbers:
        for days in WINDOWS:
            named = _in(f"{words}: {(row['description'] or row['attribute']).lower()}", days)
            name = _name(event_type, f"total_{row['attribute']}", days)
            yield Feature(name, named, "total", row["attribute"], event_type, days)


def _name(of: str, what: str, days: int | None) -> str:
    return f"{of}_{what}" if days is None else f"{of}_{what}_{days}_days"


def _in(words: str, days: int | None) -> str:
    return words if days is None else f"{words} in the last {days} days"
