"""The arithmetic of suggested points, against other ways to compute the same."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import datetime, timezone
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pytest
from sklearn.metrics import roc_auc_score

from lead_scoring.rules.rule_set import read_rule_set
from lead_scoring.suggest.binning import bin_numbers, bin_values, information
from lead_scoring.suggest.candidate_kinds import Candidate, Days, Numbers, Values
from lead_scoring.suggest.card import Bin, Binned, Card, Decayed, Source, When
from lead_scoring.suggest.decay import Curve, curve_card, measure_curves
from lead_scoring.suggest.fitting import MOST_POINTS, fit_card
from lead_scoring.suggest.labels import TooFewOutcomes, label_moments
from lead_scoring.suggest.measures import area, mean_area
from lead_scoring.suggest.sample import (
    Flags,
    Foretold,
    Question,
    Real,
    Sample,
    read_sample,
)
from lead_scoring.suggest.thresholds import threshold_rows

KNOWN_UNTIL = datetime(2026, 1, 1, tzinfo=timezone.utc)


def random_labels(size: int, rate: float, seed: int = 1) -> tuple[Flags, np.random.Generator]:
    dice = np.random.default_rng(seed)
    return dice.random(size) < rate, dice


def test_the_area_is_that_of_scikit_learn_with_ties() -> None:
    label, dice = random_labels(500, 0.3)
    for levels in (3, 20, 10_000):
        score = dice.integers(0, levels, 500) + 2 * label
        assert area(label, score).value == pytest.approx(roc_auc_score(label, score), abs=1e-12)


def test_errors_are_those_of_resampled_leads() -> None:
    """Rows of one lead count as one: each lead stands here four times, with the same score."""
    label, dice = random_labels(300, 0.3)
    score, other = dice.normal(size=300) + label, dice.normal(size=300) + label
    leads = np.repeat(np.arange(300), 4)
    first, second = area(label[leads], score[leads]), area(label[leads], other[leads])
    found, paired = [], []
    for _ in range(300):
        drawn = dice.integers(0, 300, 300)
        one = area(label[drawn], score[drawn]).value
        found.append(one)
        paired.append(one - area(label[drawn], other[drawn]).value)
    assert first.error(leads) == pytest.approx(np.std(found), rel=0.2)
    assert first.difference(second, leads)[1] == pytest.approx(np.std(paired), rel=0.2)
    assert first.difference(first, leads) == (0.0, 0.0)


def test_areas_within_strata_are_those_of_pairs_of_one_stratum() -> None:
    """A score that only tells the month ranks nobody, however the rate moves."""
    label, dice = random_labels(600, 0.4)
    months = dice.integers(0, 4, 600)
    score = dice.integers(0, 9, 600) + 3 * label
    pairs = won = 0.0
    for month in range(4):
        ours = score[label & (months == month)][:, None]
        theirs = score[~label & (months == month)][None, :]
        won += float((np.sign(ours - theirs) / 2 + 0.5).sum())
        pairs += ours.size * theirs.size
    found = area(label, score, months)
    assert found.value == pytest.approx(won / pairs)
    drawn = [area(label[rows], score[rows], months[rows]).value for rows in draws(dice, 600)]
    assert found.error(np.arange(600)) == pytest.approx(np.std(drawn), rel=0.2)
    moving = dice.random(600) < 0.1 + 0.2 * months
    assert area(moving, months).value > 0.6
    assert area(moving, months, months).value == 0.5
    assert np.isnan(area(np.zeros(3, np.bool_), np.arange(3)).value)


def draws(dice: np.random.Generator, size: int) -> list[npt.NDArray[np.int64]]:
    return [dice.integers(0, size, size) for _ in range(200)]


def test_areas_of_folds_are_averaged_and_scales_not_mixed() -> None:
    label = np.array([True, False, True, False])
    score = np.array([10, 5, 100, 95])
    first = np.array([True, True, False, False])
    parts = [(rows, area(label[rows], score[rows])) for rows in (first, ~first)]
    assert area(label, score).value == 0.75
    found = mean_area(parts, 4)
    assert found.value == 1.0
    assert found.error(np.arange(4)) == 0.0


def test_hardly_any_moments_give_no_points() -> None:
    """Three leads without a win once got +9: the average, where the others are far below it."""
    label, dice = random_labels(3_000, 0.3)
    kind = dice.integers(0, 3, 3_000)
    label = dice.random(3_000) < np.array([0.5, 0.3, 0.05])[kind]
    names = ("good", "fair", "poor")
    values = {name: kind == place for place, name in enumerate(names)}
    values["poor"][:3] = False
    label[:3] = False
    present = np.ones(3_000, dtype=np.bool_)
    candidate = Values(Source("x", "X", "x"), values, present)
    card = fit_card([candidate], label, present, half_life=None)
    (signal,) = card.signals
    assert isinstance(signal, Binned)
    thin = [one for one in signal.bins if 0 < one.rows < 25]
    assert thin and all(one.points == 0 for one in thin)
    assert max(one.points for one in signal.bins) == MOST_POINTS


def test_a_record_that_begins_late_leaves_the_leads_before_it_out() -> None:
    """Wins come from May to November 2025; half of the leads were looked at a year before."""
    wins = [("1", "2025-05-20", "2025-05-20"), ("2", "2025-11-01", "2025-11-01")]
    assert {fate for fate, _ in labelled(wins).values()} == {"used"}
    early = [(number, "2024-05-01 00:00:00") for number in range(1, 101)]
    found = labelled(wins, moved=early)
    assert found[5][0] == "outcomes not recorded then"
    assert found[150][0] == "used"


def test_texts_are_grouped_by_how_they_convert() -> None:
    """A lead with several values is of the group that converts best, as the first rule decides."""
    label, dice = random_labels(4_000, 0.2)
    values = {name: dice.random(4_000) < 0.2 for name in ("good", "great", "poor", "bad")}
    label = dice.random(4_000) < 0.1 + 0.5 * (values["good"] | values["great"])
    present = np.any(list(values.values()), axis=0)
    everyone = np.ones(4_000, dtype=np.bool_)
    found = bin_values(Values(Source("x", "X", "x"), values, present), label, everyone)
    assert found is not None
    best = found.bins[0]
    assert set(best.value.split("|")) <= {"good", "great"}
    is_good = values["good"] | values["great"]
    groups = {one.value for one in found.bins if one.rate > 0.5}
    assert set("|".join(groups).split("|")) == {"good", "great"}
    places = [place for place, one in enumerate(found.bins) if one.rate > 0.5]
    assert np.array_equal(np.isin(found.places, places), is_good)
    assert found.bins[-1].operator == "is_empty"
    assert [one.rows for one in found.bins] == np.bincount(
        found.places, minlength=len(found.bins)
    ).tolist()


def test_evidence_of_bins_is_that_of_a_hand_calculation() -> None:
    label = np.array([True] * 30 + [False] * 70 + [True] * 10 + [False] * 90)
    has = np.array([True] * 100 + [False] * 100)
    everyone = np.ones(200, dtype=np.bool_)
    found = bin_values(Values(Source("x", "X", "x"), {"a": has}, has), label, everyone)
    assert found is not None
    first, rest, none = found.bins
    # 10 average rows are added, a fifth of them with the outcome; the odds of all are 1 to 4.
    assert first.weight == pytest.approx(np.log((30 + 2) / (70 + 8) * 160 / 40))
    assert none.weight == pytest.approx(np.log((10 + 2) / (90 + 8) * 160 / 40))
    assert (first.rows, rest.rows, none.rows) == (100, 0, 100)
    expected = (30 / 40 - 70 / 160) * first.weight + (10 / 40 - 90 / 160) * none.weight
    assert information(found.bins) == pytest.approx(expected)


def test_numbers_are_cut_at_numbers_that_occur() -> None:
    label, dice = random_labels(3_000, 0.5)
    numbers = dice.integers(0, 50, 3_000).astype(float)
    label = dice.random(3_000) < np.where(numbers >= 20, 0.6, 0.1)
    numbers[:100] = np.nan
    everyone = np.ones(3_000, dtype=np.bool_)
    source = Source("visits", "Visits", event_type="visit")
    found = bin_numbers(Numbers(source, numbers, ~np.isnan(numbers), True), label, everyone)
    assert found is not None
    assert 20 in [one.min_count for one in found.bins]
    rates = [one.rate for one in found.bins if one.when is When.event and one.rows]
    assert rates == sorted(rates, reverse=True)
    assert found.bins[-1].when is When.no_event
    assert found.bins[-1].rows == 100


def test_numbers_that_only_losers_have_are_not_cut() -> None:
    label, dice = random_labels(500, 0.3)
    numbers = np.where(label, np.nan, dice.integers(0, 9, 500).astype(float))
    candidate = Numbers(Source("x", "X", "x"), numbers, ~np.isnan(numbers))
    found = bin_numbers(candidate, label, np.ones(500, dtype=np.bool_))
    assert found is not None
    assert [one.rate for one in found.bins if one.rows] == [0.0, 1.0]


def candidates(label: Flags, dice: np.random.Generator) -> list[Candidate]:
    """Twenty that tell something, ten that tell nothing, and one that fades."""
    size = len(label)
    found: list[Candidate] = []
    for place in range(30):
        strength = 0.25 if place < 20 else 0.0
        has = dice.random(size) < 0.3 + strength * label
        found.append(Values(Source(f"a{place}", f"A{place}", f"a{place}"), {"yes": has}, has))
    rows = np.flatnonzero(dice.random(size) < 0.3 + 0.3 * label)
    ages = dice.integers(0, 60, len(rows))
    source = Source("recent", "Recent", event_type="visit")
    return [*found, Days(source, rows, ages)]


@pytest.mark.parametrize("rate", [0.01, 0.3])
def test_cards_hold_to_their_bounds(rate: float) -> None:
    """Rare outcomes too: whole points from 0 to 30, at most 15 signals, and it ranks."""
    label, dice = random_labels(12_000, rate)
    train = np.arange(12_000) % 3 != 0
    card = fit_card(candidates(label, dice), label, train, half_life=10)
    assert 3 <= len(card.signals) <= 15
    for signal in card.signals:
        if isinstance(signal, Binned):
            assert min(one.points for one in signal.bins if one.rows) == 0
            for one in signal.bins:
                assert 0 <= one.points <= MOST_POINTS
                assert one.points == int(one.points)
            filled = sorted((one.weight, one.points) for one in signal.bins if one.rows)
            assert [points for _, points in filled] == sorted(points for _, points in filled)
        else:
            assert 0 < signal.points_per_day <= MOST_POINTS
    scores = card.scores()["total_score"]
    assert area(label[~train], scores[~train]).value > 0.75
    assert scores[train].max() >= 80
    names = {signal.source.name for signal in card.signals}
    assert rate < 0.1 or names.isdisjoint({f"a{place}" for place in range(20, 30)})


def test_chance_alone_gives_no_card() -> None:
    label, dice = random_labels(2_000, 0.3)
    has = dice.random(2_000) < 0.5
    noise = Values(Source("a", "A", "a"), {"yes": has}, has)
    for found in ([], [noise]):
        card = fit_card(found, label, np.ones(2_000, dtype=np.bool_), half_life=None)
        assert card.signals == ()
        assert card.scores()["total_score"].tolist() == [0] * 2_000


def test_fading_points_are_those_of_the_contract() -> None:
    """Ten points at half-life 30; one row with all ages, up to a limit of 27."""
    ages = np.array([0, 15, 30, 45, 60, 90, 120])
    one_each = Decayed(
        Source("x", "X", event_type="x"), 30, 1.0, 7, np.arange(7), ages, 10, most_points=100
    )
    assert one_each.points()[1].tolist() == [
        *(100_000, 70_711, 50_000, 35_355, 25_000, 12_500, 6_250)
    ]
    together = Decayed(
        Source("x", "X", event_type="x"), 30, 1.0, 1, np.zeros(7, int), ages, 10, most_points=27
    )
    assert together.points()[1].tolist() == [270_000]


def test_scores_round_as_the_contract_says() -> None:
    source = Source("x", "X", "x")
    bins = [Bin(When.attribute, "", "", "", 1, 0, 0, points=points) for points in (0, 7, 30)]
    card = Card((Binned(source, tuple(bins), np.array([0, 1, 2])),), 28, 100, Decimal("0.5"), 3)
    # 7 of 28 points is 25; half of that is 12.5, and half goes up. 30 is held at 100.
    assert card.scores()["fit_score"].tolist() == [0, 25, 100]
    assert card.scores()["total_score"].tolist() == [0, 13, 50]


def test_scores_of_many_rows_are_those_of_decimals() -> None:
    """Whole numbers alone, beside the contract's arithmetic in decimals, half away from zero."""
    dice = np.random.default_rng(4)
    fit, engagement = dice.integers(-90_000, 900_000, (2, 500))
    for for_100, weight in ((47, "0.5"), ("12.5", "0.3333"), ("33.33", "1")):
        card = Card((), Decimal(for_100), 61, Decimal(weight), 500)
        expected_scores = []
        for one, other in zip(fit.tolist(), engagement.tolist(), strict=True):
            parts = [
                min(
                    Decimal(100), max(Decimal(0), Decimal(100 * points) / (10_000 * Decimal(most)))
                ).quantize(Decimal("0.000001"), ROUND_HALF_UP)
                for points, most in ((one, for_100), (other, 61))
            ]
            total = Decimal(weight) * parts[0] + (1 - Decimal(weight)) * parts[1]
            expected_scores.append(int(total.quantize(Decimal(1), ROUND_HALF_UP)))
        assert card.scores_of(fit, engagement)["total_score"].tolist() == expected_scores


def sample_of(scores: Real, label: Flags) -> Sample:
    size = len(label)
    times = np.full(size, np.datetime64("2026-01-01"))
    return Sample(np.arange(size), np.arange(size), times, label, {})


def test_the_simplest_curve_within_an_error_is_chosen() -> None:
    label, dice = random_labels(2_000, 0.4)
    good = dice.normal(size=2_000) + 1.5 * label
    curves = [
        Curve(name, name, days)
        for name, days in (
            ("as it is", None),
            ("none", None),
            ("slow", 90),
            ("best", 10),
            ("fast", 1),
        )
    ]
    noise = {"as it is": 3.0, "none": 2.0, "slow": 0.001, "best": 0.0, "fast": 1.0}
    connection = duckdb.connect()
    connection.execute(
        "create table sample_rows as select range as place, range as moment_key from range(2000)"
    )
    connection.execute(
        "create table int_lead_scoring__scores (moment_key bigint,"
        " scorecard varchar, engagement_points double)"
    )
    for curve in curves:
        values = good + noise[curve.words] * dice.normal(size=2_000)
        connection.execute(
            "insert into int_lead_scoring__scores"
            " select unnest(range(2000)), $1, unnest(cast($2 as double[]))",
            [curve.scorecard, values.tolist()],
        )
    measured = measure_curves(connection, sample_of(good, label), curves)
    assert [one.curve.words for one in measured if one.is_chosen] == ["slow"]


def test_another_curve_is_another_scale() -> None:
    """The rules stay; the most that a lead has is the new 100."""
    rules = read_rule_set(None)
    points = {"engagement_points": np.arange(3) * 61_000}
    before = {name: np.array([0, 50, 90]) for name in ("total_score", "fit_score")}
    before["engagement_score"] = before["total_score"]
    before["fit_points"] = np.array([0, 750_000, 0])
    curve = Curve("5 days", "candidate", 5)
    found = curve_card(rules, "small_business", curve, "other", before, points, "Fitted: ")
    assert found.rows["scorecards"][0]["engagement_points_for_100"] == "13"  # of 12.2
    assert found.expected["engagement_score"].tolist() == [0, 47, 94]
    assert found.expected["total_score"].tolist() == [0, 68, 56]  # fit weighs 0.4
    assert {row["scorecard"] for row in found.rows["engagement_rules"]} == {"other"}
    curves = {row["decay"] for row in found.rows["engagement_rules"]}
    assert curves == {row["decay"] for row in found.rows["decay_curves"]}
    before_points = [
        row["points"] for row in rules.effective("engagement_rules", "small_business", ("rule_id",))
    ]
    assert [row["points"] for row in found.rows["engagement_rules"]] == before_points


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


def test_thresholds_rise_and_let_as_many_leads_through() -> None:
    rules = read_rule_set(None)
    dice = np.random.default_rng(1)
    names = ("total_score", "fit_score", "engagement_score")
    before = {name: dice.integers(0, 101, 1_000) for name in names}
    after = {name: values // 4 for name, values in before.items()}
    rows = threshold_rows(rules, "small_business", "new", before, after)
    mql = next(row for row in rows if row["label"] == "mql")
    assert np.mean(after["total_score"] >= int(mql["min_total"])) <= np.mean(
        before["total_score"] >= 50
    )
    nothing = {name: np.zeros(1_000, dtype=np.int64) for name in names}
    flat = threshold_rows(rules, "small_business", "new", nothing, nothing)
    grades = [
        int(row["min_fit"]) for row in flat if row["ladder"] == "fit_grade" and row["min_fit"]
    ]
    assert grades == sorted(set(grades))
