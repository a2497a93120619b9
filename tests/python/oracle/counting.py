"""What an engagement rule counts, and its points before and after decay (contract 4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from oracle.bots import target_of
from oracle.decay import factor
from oracle.rows import Row
from oracle.rule_types import EngagementRule
from oracle.text import rounded


@dataclass(frozen=True)
class Matching:
    """An event that matches a rule: its age in days, and what joins it with others (None: it
    counts by itself)."""

    age: int
    joined_by: str | None = None


def joined_by(per: str, event: Row, age: int) -> str | None:
    """What an event shares with those that it counts as one with: "`day`, all of a day; `session`,
    all of one `session_id`; `target`, all of one url, else asset, in all time".

    An id compares exactly; a target as in bursts.
    """
    if per == "day":
        return str(age)
    if per == "session":
        return event.get("session_id")
    return target_of(event) if per == "target" else None


def by_age(events: Sequence[Matching]) -> Counter[int]:
    """How many count on the day of each age: "what joins several events counts on the day of the
    latest; an event without the value counts by itself"."""
    latest: dict[str, int] = {}
    for event in events:
        if event.joined_by is not None:
            latest[event.joined_by] = min(event.age, latest.get(event.joined_by, event.age))
    alone = [event.age for event in events if event.joined_by is None]
    return Counter([*alone, *latest.values()])


@dataclass(frozen=True)
class Award:
    """What an engagement rule counts (after joining), and each age's points."""

    events: int
    terms: Mapping[int, Decimal]
    terms_before_decay: Mapping[int, Decimal]


def award_of(rule: EngagementRule, events: Sequence[Matching], gap: int) -> Award | None:
    """Points by age, unrounded, before and after decay; None where the rule does not apply.

    An event that has expired (f is 0) "no longer exists", nor one beyond `within_days`: both are
    out before joining. "Let n(d) be the number on day d. The rule applies if their total is at
    least `min_count`": each: min(n(d), max_per_day) points f(day d); once: points f(day of the
    latest matching event).
    """
    assert rule.points is not None
    factors = {
        event.age: factor(rule.curve, gap if rule.curve.clock == "activity" else event.age)
        for event in events
    }
    days = by_age(
        [
            event
            for event in events
            if factors[event.age] != 0
            and (rule.within_days is None or event.age < rule.within_days)
        ]
    )
    total = sum(days.values())
    if not days or total < rule.min_count:
        return None
    if rule.award == "once":
        counted = {min(days): 1}
    else:
        counted = {
            age: count if rule.max_per_day is None else min(count, rule.max_per_day)
            for age, count in days.items()
        }
    before = {age: count * rule.points for age, count in counted.items()}
    after = {age: points * factors[age] for age, points in before.items()}
    return Award(total, after, before)


def points_left(rule: EngagementRule, events: Sequence[Matching], gap: int, days: int) -> Decimal:
    """What a rule gives so many days from now if nothing happens: all ages and the gap are longer
    by them. Each day's term is rounded to 4 decimals.
    """
    later = [replace(event, age=event.age + days) for event in events]
    award = award_of(rule, later, gap + days)
    terms = award.terms.values() if award else ()
    return sum((rounded(term, 4) for term in terms), Decimal(0))
