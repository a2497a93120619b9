"""When an engagement rule's points will be halved (decision 0001.27)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from oracle.points import ZERO, award_of
from oracle.tables import EngagementRule
from oracle.text import rounded

HORIZON = 3650


def points_in(days: int, rule: EngagementRule, ages: Mapping[int, int], gap: int) -> Decimal:
    """The rule's points so many days later if nothing else happens; terms are not rounded."""
    later = Counter({age + days: count for age, count in ages.items()})
    award = award_of(rule, later, gap + days)
    return ZERO if award is None else sum(award.terms.values(), ZERO)


def is_half(then: Decimal, today: Decimal) -> bool:
    """ "half means round(2 * then - today, 6) <= 0 in absolute points" """
    return rounded(2 * abs(then) - abs(today), 6) <= 0


def half_points_on(
    rule: EngagementRule, ages: Mapping[int, int], gap: int, today: date
) -> date | None:
    """The first day after today on which the points are at most half of today's.

    No factor rises with age, so the points of a rule only fall: the first day can be bisected.
    None: later than 3,650 days, or never.
    """
    now = points_in(0, rule, ages, gap)
    low, high = 0, HORIZON + 1
    while high - low > 1:
        middle = (low + high) // 2
        if is_half(points_in(middle, rule, ages, gap), now):
            high = middle
        else:
            low = middle
    return today + timedelta(days=high) if high <= HORIZON else None
