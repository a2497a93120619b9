"""What a label is: the instant that is known, the horizon, and which moments are drawn."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path

import duckdb
import pytest

from lead_scoring.suggest.labels import TooFewOutcomes, label_moments
from lead_scoring.suggest.sample import (
    Foretold,
    Question,
    read_sample,
)

KNOWN_UNTIL = datetime(2026, 1, 1, tzinfo=timezone.utc)


def test_a_record_that_begins_late_leaves_the_leads_before_it_out() -> None:
    """Wins come from May to November 2025; half of the leads were looked at a year before."""
    wins = [("1", "2025-05-20", "2025-05-20"), ("2", "2025-11-01", "2025-11-01")]
    assert {fate for fate, _ in labelled(wins).values()} == {"used"}
    early = [(number, "2024-05-01 00:00:00") for number in range(1, 101)]
    found = labelled(wins, moved=early)
    assert found[5][0] == "outcomes not recorded then"
    assert found[150][0] == "used"


def labelled(
    outcomes: list[tuple[str, str, str]],
    as_of: str = "2025-06-01 00:00:00",
    foretold: Foretold = Foretold.won,
    events: Sequence[tuple[int, int, int | None, str | None]] = (),
    moved: Sequence[tuple[int, str]] = (),
) -> dict[int, tuple[str, bool]]:
    """The fates and labels of leads 1 to 200, asked at one instant, horizon 90 days.

    outcomes: lead_key, occurred_at, known_at, of wins. events, all a month later: lead_key,
    content_key, user_agent_hash, quarantine_cause. moved: leads that are asked at
    another instant. Leads 101 to 200 are filled up with wins,
    visits and others so that there is enough to learn from.
    """
    connection = duckdb.connect()
    connection.execute(f"""
        create table int_lead_scoring__leads_at_moments as
        select range as moment_key, range as lead_key, range as lead_id, 'open' as status,
            timestamp '{as_of}' as as_of
        from range(1, 201);
        create table int_lead_scoring__moment_scorecards as
        select range as moment_key, 'base' as scorecard, true as is_own_scorecard
        from range(1, 201);
        create table stg_lead_scoring__outcomes (lead_key bigint, outcome varchar,
            quarantine_cause varchar, occurred_at timestamp, known_at timestamp);
        create table lead_scoring__event_types as
        select * from (values ('page_viewed', true), ('email_opened', false))
            as types (event_type, is_activity);
        create table lead_scoring__lists as
        select 'bot_user_agent' as list, 'GoogleBot ' as entry;
        create table stg_lead_scoring__lead_identities as
        select range as lead_key, range * 10 as lead_hash, timestamp '{as_of}' as exists_from,
            range as lead_id, range as survivor_lead_id from range(1, 201);
        create table stg_lead_scoring__user_agents as
        select * from (values (1, 'Mozilla'), (2, 'a googlebot/2'))
            as agents (user_agent_hash, user_agent);
        create table stg_lead_scoring__event_contents as
        select * from (values (7, 'page_viewed'), (8, 'email_opened'))
            as contents (content_key, event_type);
        create table stg_lead_scoring__events (lead_hash bigint, content_key bigint,
            user_agent_hash bigint, occurred_at timestamp, known_at timestamp,
            quarantine_cause varchar);
        insert into stg_lead_scoring__outcomes
        select range, 'won', null, timestamp '2025-07-01', timestamp '2025-07-01'
        from range(101, 160);
        insert into stg_lead_scoring__events
        select range * 10, 7, 1, timestamp '2025-07-01', timestamp '2025-07-01', null
        from range(101, 160);
    """)
    for lead, instant in moved:
        connection.execute(
            "update int_lead_scoring__leads_at_moments set as_of = $2 where lead_key = $1",
            [lead, instant],
        )
    for lead, content, agent, cause in events:
        connection.execute(
            "insert into stg_lead_scoring__events"
            " values ($1 * 10, $2, $3, timestamp '2025-07-01', timestamp '2025-07-01', $4)",
            [lead, content, agent, cause],
        )
    for number, occurred, known in outcomes:
        connection.execute(
            "insert into stg_lead_scoring__outcomes values ($1, 'won', null, $2, $3)",
            [number, occurred, known],
        )
    question = Question(KNOWN_UNTIL, foretold=foretold, horizon_days=90)
    with tempfile.TemporaryDirectory() as folder:
        label_moments(connection, question, "base", Path(folder) / "moments.parquet")
    found = connection.execute("select lead_key, fate, label from labelled").fetchall()
    return {lead: (fate, label) for lead, fate, label in found}


def test_labels_know_the_instant_and_the_horizon() -> None:
    found = labelled(
        [
            ("1", "2025-06-01 00:00:00", "2025-06-02"),  # at the instant, known later: to come
            ("2", "2025-05-31 23:59:59", "2025-06-02"),  # before it, known later: nothing to tell
            ("3", "2025-08-29 23:59:59", "2025-08-30"),  # the horizon's last second
            ("4", "2025-08-30 00:00:00", "2025-08-30"),  # too late
            ("5", "2025-07-01 00:00:00", "2026-02-01"),  # nobody knows of it yet
        ]
    )
    assert found[1] == ("used", True)
    assert found[2][0] == "already won, not yet known"
    assert found[3] == ("used", True)
    assert found[4] == ("used", False)
    assert found[5] == ("used", False)


def test_a_lead_is_active_where_it_acts_itself_and_is_no_bot() -> None:
    found = labelled(
        [],
        foretold=Foretold.active,
        events=[
            (1, 7, 1, None),
            (2, 7, None, None),  # no user agent is no bot's
            (3, 7, 2, None),  # a bot's
            (4, 8, 1, None),  # an e-mail that was opened is no activity
            (5, 7, 1, "event_id is missing"),
        ],
    )
    assert [found[lead][1] for lead in range(1, 7)] == [True, True, False, False, False, False]
    assert found[101][1] and not found[160][1]


def test_of_many_moments_some_are_drawn_whatever_their_order(tmp_path: Path) -> None:
    """As many as are asked for, the same ones again, and some of every kind."""
    drawn = []
    for order in ("asc", "desc"):
        connection = duckdb.connect()
        connection.execute(f"""
            create table int_lead_scoring__leads_at_moments as
            select range as moment_key, range // 10 as lead_key, range // 10 as lead_id,
                'open' as status, timestamp '2025-01-01' + to_days(cast(range % 10 as integer))
                as as_of
            from range(10000) order by range {order};
            create table int_lead_scoring__moment_scorecards as
            select range as moment_key, 'base' as scorecard, true as is_own_scorecard
            from range(10000);
            create table int_lead_scoring__moments as from int_lead_scoring__leads_at_moments;
            create table stg_lead_scoring__outcomes as
            select range as lead_key, 'won' as outcome, null as quarantine_cause,
                timestamp '2025-02-01' as occurred_at, timestamp '2025-02-01' as known_at
            from range(500);
            create table stg_lead_scoring__lead_identities as
            select range as lead_key, range as lead_hash, timestamp '2025-01-01' as exists_from,
                range as lead_id, range as survivor_lead_id from range(1000);
            create table lead_scoring__event_types (event_type varchar, is_activity boolean);
            create table lead_scoring__lists (list varchar, entry varchar);
            create table stg_lead_scoring__user_agents (user_agent_hash int, user_agent varchar);
            create table stg_lead_scoring__event_contents (content_key int, event_type varchar);
            create table stg_lead_scoring__events (lead_hash bigint, content_key int,
                user_agent_hash int, occurred_at timestamp, known_at timestamp,
                quarantine_cause varchar);
        """)
        question = Question(KNOWN_UNTIL, horizon_days=90, most_moments=2_000)
        found = label_moments(connection, question, "base", tmp_path / f"{order}.parquet")
        sample = read_sample(connection, found)
        assert found.counts["used"] == 10_000
        assert sample.size_in_words() == "2,000 moments, drawn from 10,000"
        drawn.append(sample)
    one, other = drawn
    assert one.moment_keys.tolist() == other.moment_keys.tolist()
    assert len(set(one.leads.tolist())) > 850  # nine of ten leads have one of their ten moments
    assert 0.45 < one.label.mean() < 0.55


def test_young_leads_are_left_out_and_few_outcomes_refused() -> None:
    with pytest.raises(TooFewOutcomes, match=r"0 leads with the outcome and 0 without; 40 of each"):
        labelled([], as_of="2025-12-01 00:00:00")
