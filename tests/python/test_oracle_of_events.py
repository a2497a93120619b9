"""The oracle by hand: bots, clocks that are ahead, what counts as one event, several types."""

from __future__ import annotations

from decimal import Decimal

import pytest

from oracle import Settings
from small_worlds import CLICK, LEAVE, VISIT, Small, engagement, event, lead, merge


def left(small: Small) -> list[str]:
    """When the events that count occurred, as `second.microsecond` past 2026-06-20 09:00."""
    return sorted(f"{one.occurred_at:%S.%f}" for one in small.state().events)


def at(seconds: str, event_type: str = CLICK, **cells: str) -> dict[str, str | None]:
    """An event some seconds past 2026-06-20 09:00."""
    whole, _, part = seconds.partition(".")
    return event(f"2026-06-20T09:00:{int(whole):02}.{part or 0}Z", event_type, **cells)


@pytest.mark.parametrize(
    ("mark", "counts"),
    [(" TRUE ", 0), ("yes", 0), ("1", 0), ("no", 1), ("0", 1), ("maybe", 1), (None, 1)],
)
def test_a_source_may_mark_an_event_as_a_bots(mark: str | None, counts: int) -> None:
    small = Small(events=[event("2026-06-20", is_bot=mark)])
    assert len(small.state().events) == counts


def test_a_burst_takes_in_what_the_lead_did_until_two_seconds_after_its_last_click() -> None:
    small = Small(
        events=[
            at("9.999999", VISIT), at("10", url="/a"), at("11", url="/b"), at("12", asset="/c"),
            at("10", VISIT), at("14", LEAVE), at("14.000001", VISIT),
        ],
    )  # fmt: skip
    assert left(small) == ["09.999999", "14.000001"]
    assert small.at().fates["events", "bot"] == 5


def test_a_click_without_a_target_makes_no_burst_but_lies_in_one() -> None:
    clicks = [at("10", url="/a"), at("11"), at("12", url=" ", asset="/B"), at("12", url="/b ")]
    assert len(left(Small(events=clicks))) == 4
    assert left(Small(events=[*clicks, at("12", url="/c")])) == []
    # The last of the clicks within two seconds may be one without a target: two seconds from it.
    late = [at("10", url="/a"), at("11", url="/b"), at("11.5", url="/c"), at("12"), at("14", VISIT)]
    assert left(Small(events=late)) == []


def test_five_targets_within_ten_seconds_are_a_burst_too() -> None:
    seconds = ("10", "12.5", "15", "17.5", "20")
    clicks = [at(second, url=f"/{number}") for number, second in enumerate(seconds)]
    around = [at("30", LEAVE), at("30.000001", LEAVE)]
    assert left(Small(events=[*clicks, *around])) == ["30.000001"]
    assert len(left(Small(events=[*clicks[:4], *around]))) == 6
    shifted = [*clicks[:4], at("20.000001", url="/4")]
    assert len(left(Small(events=[*shifted, *around]))) == 7
    few = Settings(bot_bursts=((3, 2),))
    assert len(left(Small(events=[*clicks, *around], settings=few))) == 7


def test_a_burst_may_be_of_merged_leads_together() -> None:
    clicks = [at("10", url="/a"), at("11", url="/b", lead_id="b"), at("12", url="/c")]
    people = [lead("a"), lead("b")]
    assert len(left(Small(people, clicks))) == 2
    assert left(Small(people, clicks, [merge("b", "a")])) == []


def test_an_event_of_a_clock_that_is_ahead_counts_as_of_when_it_was_loaded() -> None:
    small = Small(
        events=[
            event("2026-07-05T08:00Z", loaded_at="2026-06-28T10:00Z"),
            event("2026-07-05T09:00Z"),
            event("2026-06-30T11:00Z", loaded_at="2026-06-30T13:00Z"),
        ],
        engagement=[engagement(decay="slow")],
    )
    # Age 2; the second is still to come, the third is not loaded yet.
    assert small.points() == {"rule": Decimal("9.8")}
    assert small.at().clocks_ahead == 1
    assert small.state().last_activity_at == small.state().events[0].row.loaded_at
    assert small.points("2026-06-28T10:00:00Z") == {"rule": Decimal(10)}
    assert small.points("2026-06-28T09:59:59Z") == {}


def test_a_condition_sees_the_day_on_which_an_event_of_such_a_clock_was_loaded() -> None:
    occurred = {"attribute": "occurred_at", "of": "event", "type": "date", "known": "later"}
    rule = engagement(attribute="occurred_at", operator="equals", value="2026-06-28")
    small = Small(
        events=[event("2026-07-05T08:00Z", loaded_at="2026-06-28T10:00Z")],
        engagement=[rule],
        attributes=[occurred],
    )
    assert small.points() == {"rule": Decimal(10)}


def test_a_clock_that_is_ahead_does_not_keep_clicks_out_of_a_burst() -> None:
    loaded = "2026-06-20T09:00:12Z"
    clicks = [at("10", url="/a"), at("11", url="/b"), at("55", url="/c", loaded_at=loaded)]
    assert left(Small(events=clicks)) == []


SESSIONS = [
    event("2026-06-20", session_id="s1"),
    event("2026-06-28", session_id="s1"),
    event("2026-06-25T01:00", session_id="s2"),
    event("2026-06-25T02:00"),
    event("2026-06-25T03:00", session_id=" "),
]


@pytest.mark.parametrize(
    ("cells", "points"),
    [
        # s1 counts on the 28th, age 2; s2 and two without a session on the 25th, age 5.
        ({}, "38.3"),
        ({"max_per_day": "2"}, "28.8"),
        ({"min_count": "4"}, "38.3"),
        ({"min_count": "5"}, None),
        ({"award": "once"}, "9.8"),
        # Not within five days: all of the 25th.
        ({"within_days": "5"}, "9.8"),
    ],
)
def test_a_session_counts_once_on_its_latest_day(cells: dict[str, str], points: str | None) -> None:
    rule = engagement(per="session", decay="slow", **cells)
    expected = {} if points is None else {"rule": Decimal(points)}
    assert Small(events=SESSIONS, engagement=[rule]).points() == expected


def test_sessions_compare_exactly_and_join_after_merges() -> None:
    events = [
        event("2026-06-29", session_id="s1"),
        event("2026-06-29", session_id="S1"),
        event("2026-06-28", session_id="s1", lead_id="b"),
    ]
    people, rule = [lead("a"), lead("b")], engagement(per="session")
    apart = Small(people, events, engagement=[rule])
    assert apart.points() == {"rule": 20}
    assert apart.points(lead_id="b") == {"rule": 10}
    assert Small(people, events, [merge("b", "a")], [rule]).points() == {"rule": 20}


def test_a_day_counts_once_in_the_reporting_zone() -> None:
    events = [event(f"2026-06-{day}") for day in ("20T05:00", "20T23:00", "21T02:00", "22T12:00")]
    small = Small(events=events, engagement=[engagement(per="day")])
    assert small.points() == {"rule": 30}
    # In New York the third is still of the 20th.
    abroad = Settings("America/New_York")
    assert Small(events=events, engagement=small.engagement, settings=abroad).points() == {
        "rule": 20
    }


def test_a_target_counts_once_in_all_time_and_expires_before_joining() -> None:
    events = [
        event("2026-06-23", url="/A "),
        event("2026-06-27", url="/a", asset="b"),
        event("2026-06-27", asset="b"),
        event("2026-06-27", url="/gone"),
        event("2026-06-29"),
    ]
    curve = {"decay": "short", "method": "none", "expire_days": "10"}
    small = Small(
        events=events, engagement=[engagement(per="target", decay="short")], curves=[curve]
    )
    assert small.points() == {"rule": 40}
    (decay,) = small.at().decay
    # In seven days: of /a, b and /gone the ages are 10, so they have expired; the last is 8.
    assert decay.events == 4
    assert decay.points_in_7_days == 10
    assert decay.points_in_30_days == 0


def test_events_that_leave_within_days_are_out_of_what_will_be_left() -> None:
    rule = engagement(per="target", within_days="8", decay="slow", min_count="2")
    events = [event(f"2026-06-{day}", url=url) for day, url in (("24", "/a"), ("30", "/a"))]
    two = [*events, event("2026-06-30", url="/b")]
    assert Small(events=events, engagement=[rule]).points() == {}
    (decay,) = Small(events=two, engagement=[rule]).at().decay
    # Today two targets of age 0; in 7 days two of age 7, 9.3 points each; in 30 none.
    assert decay.points_after_decay == 20
    assert decay.points_in_7_days == Decimal("18.6")
    assert decay.points_in_30_days == 0


def test_an_event_of_any_of_several_types_matches() -> None:
    events = [event("2026-06-29", kind) for kind in (VISIT, CLICK, LEAVE, "page_view|email_click")]
    rule = engagement(event_type=" Page_View |unsubscribe")
    assert Small(events=events, engagement=[rule]).points() == {"rule": 20}
    history = {
        "rule_id": "rule", "scorecard": "*", "of": "history", "operator": "equals",
        "event_type": "email_click | UNSUBSCRIBE",
    }  # fmt: skip
    counted = {
        value: Small(
            events=events, engagement=[engagement()], conditions=[history | {"value": value}]
        ).points()
        for value in ("1", "2")
    }
    assert counted == {"1": {}, "2": {"rule": 10}}
