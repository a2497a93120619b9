"""Bursts of clicks, and what lies beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from generate import vocabulary
from generate.dice import Dice, InputRow
from generate.times import MICROSECOND, write_time
from generate.world import World

STEPS = (timedelta(seconds=1), timedelta(seconds=2), timedelta(seconds=2.5), timedelta(seconds=3))
BESIDE = ("email_click", "unsubscribe", *vocabulary.RULED_EVENT_TYPES)


def draw_burst(
    dice: Dice,
    world: World,
    add: Callable[[str, datetime], InputRow],
    lead_ids: Sequence[str],
    start: datetime,
) -> None:
    """Clicks of one lead a second or some after each other, and what it did from just before the
    first to just after the burst is over."""
    lead_id, step = dice.pick(lead_ids), dice.pick(STEPS)

    def put(moment: datetime, **cells: str | None) -> None:
        row = add(lead_id, moment)
        row.update(user_agent="Safari", is_bot=None, occurred_at=write_time(dice, world, moment))
        row.update(cells)

    count = dice.number(3, 7)
    for number in range(count):
        url = dice.pick((f"/{number}", f"/{number}", f"/{number}", "/0", "/1 ", None))
        put(start + number * step, event_type="email_click", url=url)
    last = start + (count - 1) * step
    ends = (last, last + timedelta(seconds=2), last + timedelta(seconds=10))
    edges = [edge + near for edge in ends for near in (timedelta(0), MICROSECOND)]
    for edge in dice.some([start - MICROSECOND, start, *edges], 1, 4):
        put(edge, event_type=dice.pick(BESIDE), url=dice.pick((None, "/0", "/late")))
