"""Times of generated inputs: instants that matter, in any of the forms that can be read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta, timezone

from generate.dice import Dice
from generate.world import World

MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
UNREADABLE = (
    "2026-13-01", "yesterday", "2026-02-30T10:00", "31/31/2026", "2026-06-01T25:00:00Z",
    "12345678", "2026-06-01 2:30 PM",
)  # fmt: skip
# Without a zone: skipped or doubled in one of the input zones.
ODD_TIMES = (
    "2026-03-29 02:30:00", "2026-03-29T2:30", "2026-10-25 02:30:00", "2026-11-01 01:30",
    "2026-03-08 02:59:59.999999", "2026-04-05 2:15", "2025-10-26T02:00:00",
)  # fmt: skip
OFFSETS = ("Z", "", " Z", "+02", "-0530", "+05:30", " +01:00")


def write_time(dice: Dice, world: World, moment: datetime) -> str:
    """An instant in one of the forms that can be read.

    Without a zone the later of two doubled hours reads as the earlier.
    """
    if dice.features.time_forms and dice.one_in(4):
        form = dice.pick((as_epoch, with_utc, with_short_hour, as_eight_digits, in_date_order))
        text = form(dice, world, moment)
        if text is not None:
            return text
    return in_iso(dice, world, moment)


def wall_clock(world: World, moment: datetime) -> datetime:
    """What a clock of the input zone shows."""
    return moment.astimezone(world.clock.zone).replace(tzinfo=None)


def in_iso(dice: Dice, world: World, moment: datetime) -> str:
    """Day, `T` or a blank, time with or without an offset; midnight now and then as a day."""
    offset = dice.pick(OFFSETS)
    digits = offset.strip(" Z+-").replace(":", "").ljust(4, "0")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    local = moment + (shift if "+" in offset else -shift) if offset else wall_clock(world, moment)
    if local.time() == time(0) and offset == "" and dice.one_in(2):
        return local.date().isoformat()
    day = local.strftime(dice.pick(("%Y-%m-%dT", "%Y-%m-%d ")))
    if local.microsecond:
        clock = local.strftime("%H:%M:%S.%f") + dice.pick(("", "999"))
    elif local.second or dice.one_in(2):
        clock = local.strftime("%H:%M:%S") + dice.pick(("", "", ".0"))
    else:
        clock = local.strftime("%H:%M")
    return day + clock + offset


def as_epoch(dice: Dice, world: World, moment: datetime) -> str:
    """Seconds, milliseconds or microseconds since 1970: whatever is exact."""
    count = (moment - EPOCH) // MICROSECOND
    return str(count // dice.pick([unit for unit in (1_000_000, 1_000, 1) if count % unit == 0]))


def with_utc(dice: Dice, world: World, moment: datetime) -> str:
    """With ` UTC` behind."""
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%d %H:%M:%S.%f UTC")


def with_short_hour(dice: Dice, world: World, moment: datetime) -> str:
    """The hour in one digit, if it has one."""
    local = wall_clock(world, moment)
    return f"{local:%Y-%m-%d}{dice.pick(('T', ' '))}{local.hour}:{local:%M:%S.%f}"


def as_eight_digits(dice: Dice, world: World, moment: datetime) -> str | None:
    """A day alone, without dashes; None where it is not midnight."""
    local = wall_clock(world, moment)
    return local.strftime("%Y%m%d") if local.time() == time(0) else None


def in_date_order(dice: Dice, world: World, moment: datetime) -> str | None:
    """As `30/6/2026 2:30 PM`; None where no order is set or the form is too coarse."""
    local = wall_clock(world, moment)
    if world.clock.date_order is None or local.microsecond:
        return None
    day, month = local.day, local.month
    ends = (day, month) if world.clock.date_order == "dmy" else (month, day)
    width = dice.pick((1, 2))
    text = dice.pick(("/", "/", ".", "-")).join(
        (*(f"{end:0{width}}" for end in ends), f"{local.year}")
    )
    if local.time() == time(0) and dice.one_in(2):
        return text
    seconds = f":{local.second:02}" if local.second or dice.one_in(2) else ""
    if dice.one_in(2):
        return f"{text} {local.hour:0{width}}:{local.minute:02}{seconds}"
    half = dice.pick((" PM", "PM", " pm") if local.hour >= 12 else (" AM", "am"))
    return f"{text} {(local.hour - 1) % 12 + 1:0{width}}:{local.minute:02}{seconds}{half}"


def write_time_or_day(dice: Dice, world: World, moment: datetime) -> str:
    """An instant, now and then as its day in UTC alone, which is a date in every time zone."""
    return moment.date().isoformat() if dice.one_in(4) else write_time(dice, world, moment)


def moment_of_age(dice: Dice, world: World, age: int) -> datetime:
    """An instant of that age, often beside a midnight of the reporting time zone."""
    clock = dice.pick(
        (
            time(0), time(0, 0, 0, 1), time(23, 59, 59, 999999), time(12), time(9, 30, 15),
            world.now.astimezone(world.zone).time(),
        )
    )  # fmt: skip
    local = datetime.combine(world.today - timedelta(days=age), clock, world.zone)
    return local.astimezone(timezone.utc)


def draw_moment(dice: Dice, world: World, ages: Sequence[int]) -> datetime:
    """An instant that matters: at a boundary, beside `as_of`, or in the future."""
    if dice.one_in(8):
        later = (
            timedelta(0), MICROSECOND, -MICROSECOND, timedelta(hours=3), timedelta(days=2),
            -timedelta(minutes=14, seconds=30),
        )  # fmt: skip
        return world.now + dice.pick(later)
    return moment_of_age(dice, world, dice.pick(ages))


def draw_date(dice: Dice, world: World) -> str | None:
    """A cell of a date attribute."""
    if dice.one_in(5):
        return dice.pick((None, "soon", "2026-02-30"))
    age = dice.pick((-31, -30, -29, -8, -7, -1, 0, 0, 1, 6, 7, 8, 29, 30, 31))
    if dice.one_in(2):
        day = world.today - timedelta(days=age)
        is_plain = not dice.features.time_forms or not dice.one_in(3)
        return day.isoformat() if is_plain else day.strftime("%Y%m%d")
    return write_time(dice, world, moment_of_age(dice, world, age))
