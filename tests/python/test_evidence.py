"""The tables of evidence of a whole run, each figure beside one that is computed independently."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from evidence import expected_groups, expected_rules, expected_scores, story, world
from evidence.expected_scores import Rows
from evidence.frames import Frames, read_frames
from lead_scoring.runs.evidence import gather

TABLES: dict[str, tuple[tuple[str, ...], Callable[[Frames], Rows]]] = {
    "score_band_outcomes": (("scorecard", "band"), expected_scores.bands),
    "score_calibration": (("scorecard", "band"), expected_scores.calibration),
    "scorecard_comparison": (("scorecard",), expected_scores.comparison),
    "rule_evidence": (("scorecard", "rule_id"), expected_rules.rule_evidence),
    "threshold_options": (("scorecard", "cut_off"), expected_rules.thresholds),
    "score_drift": (("scorecard", "rule_id", "month"), expected_rules.drift),
    "funnel_conversion": (("cohort_month", "segment", "lead_source"), expected_groups.funnel),
    "leads_accounted_for": (("fate",), expected_groups.accounted_for),
    "source_quality": (("lead_source",), expected_groups.sources),
    "slice_gaps": (("attribute", "value"), expected_groups.slices),
    "outcome_coverage": (("band", "is_held_out"), expected_groups.coverage),
    "missed_leads": (("lead_id",), expected_groups.missed),
    "missed_lead_traits": (("scorecard", "trait", "value"), expected_groups.missed_traits),
    "rejected_leads": (("scorecard", "reason"), expected_groups.rejected),
}
# What the rounding of steps before may add to half a unit of the last decimal.
TOLERANCE = 2e-6


@pytest.fixture(scope="module")
def leads() -> list[world.Lead]:
    return world.make_leads()


@pytest.fixture(scope="module")
def database(leads: list[world.Lead], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evidence")
    result = gather(
        data=world.write_data(leads, folder / "data"),
        rules=world.write_rules(folder / "rules"),
        as_of=world.AS_OF.isoformat(),
        database=folder / "scores.duckdb",
        variables=world.VARIABLES,
    )
    return result.database


@pytest.fixture(scope="module")
def frames(leads: list[world.Lead], database: Path) -> Frames:
    return read_frames(database, leads)


@pytest.fixture(scope="module")
def expectations(frames: Frames) -> dict[str, Rows]:
    return {table: expectation(frames) for table, (_, expectation) in TABLES.items()}


def read(database: Path, query: str) -> list[dict[str, Any]]:
    with duckdb.connect(str(database), read_only=True) as connection:
        cursor = connection.execute(query)
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def same(actual: Any, expected: Any) -> bool:
    if expected is None or actual is None:
        return actual is None and expected is None
    if isinstance(actual, Decimal | int | float) and not isinstance(actual, bool):
        half_a_cent = (
            0.005 if isinstance(actual, Decimal) and actual.as_tuple().exponent == -2 else 0
        )
        return abs(float(actual) - float(expected)) <= half_a_cent + TOLERANCE * max(
            1, abs(float(expected))
        )
    return bool(actual == expected)


def test_instants_and_fates_are_those_of_the_story(database: Path, frames: Frames) -> None:
    query = (
        "select lead_id, purpose, as_of, fate, won_at, days_to_win, won_amount, known, converted"
        " from int_lead_scoring__instant_outcomes where purpose <> 'first_mql'"
    )
    found = {(r["lead_id"], r["purpose"], r["as_of"]): r for r in read(database, query)}
    told = frames.instants[frames.instants["purpose"] != "first_mql"].to_dict("records")
    assert len(found) == len(told)
    for row in told:
        actual = found[row["lead_id"], row["purpose"], row["as_of"].to_pydatetime()]
        assert actual["fate"] == row["fate"]
        is_won = row["fate"] == "converted"
        assert actual["days_to_win"] == (row["days"] if is_won else None)
        assert float(actual["won_amount"]) == (row["amount"] if is_won else 0)
    fates = {row["fate"] for row in told}
    assert fates == {"converted", "lost", "open", "censored"}


def test_first_mql_is_the_first_weekly_instant_at_mql(database: Path, frames: Frames) -> None:
    query = "select lead_id, as_of from int_lead_scoring__instant_outcomes"
    found = {
        (r["lead_id"], r["as_of"]) for r in read(database, f"{query} where purpose = 'first_mql'")
    }
    told = frames.instants[frames.instants["purpose"] == "first_mql"]
    assert found == {(row.lead_id, row.as_of.to_pydatetime()) for row in told.itertuples()}
    assert len(found) > 50


@pytest.mark.parametrize("table", TABLES)
def test_figures_are_those_computed_independently(
    table: str, database: Path, expectations: dict[str, Rows]
) -> None:
    key, expected = TABLES[table][0], expectations[table]
    found = {tuple(row[name] for name in key): row for row in read(database, f"from {table}")}
    assert set(found) == set(expected)
    differences = [
        (place, name, found[place][name], value)
        for place, row in expected.items()
        for name, value in row.items()
        if name != "calibration" and not same(found[place][name], value)
    ]
    assert not differences, differences[:10]
    for place, row in expected.items():
        if "calibration" in row:
            assert found[place]["calibration_verdict"].split(":")[0] == row["calibration"], place


def test_every_figure_has_been_computed_independently(
    database: Path, expectations: dict[str, Rows]
) -> None:
    """A new column fails here until it has an expectation, or is named as one without figures."""
    words = {
        "purpose", "verdict", "calibration_verdict", "psi_verdict", "rank_order", "kind", "signal",
        "dimension", "rule_words", "reason", "reasons", "stage", "scorecard_status", "band_from",
        "band_to", "fit_words",
    }  # fmt: skip
    for table, rows in expectations.items():
        columns = {row["column_name"] for row in read(database, f"describe {table}")}
        told = {name for row in rows.values() for name in row}
        assert columns - told - set(TABLES[table][0]) <= words, table


def test_bands_add_up_to_all_leads(database: Path) -> None:
    rows = read(
        database,
        "select sum(leads) as leads, sum(conversions) as conversions, sum(lost_leads) as lost,"
        " sum(open_leads) as open, sum(censored_leads) as censored, sum(known_leads) as known,"
        " (select count(*) from int_lead_scoring__instant_outcomes where purpose ="
        f" '{world.PURPOSE}') as instants"
        " from score_band_outcomes where scorecard = '*'",
    )[0]
    assert rows["leads"] == rows["instants"] == rows["known"] + rows["censored"]
    assert rows["known"] == rows["conversions"] + rows["lost"] + rows["open"]
    assert rows["censored"] > 0


def test_a_base_rate_that_moves_is_called_broken(database: Path) -> None:
    rows = read(database, "from scorecard_comparison")
    verdicts = {row["scorecard"]: row["calibration_verdict"] for row in rows}
    assert verdicts["other"].startswith("broken: ")
    assert " converted, expected were " in verdicts["other"]
    months = read(
        database,
        "from score_drift where scorecard = 'other' and rule_id = '*' order by month",
    )
    words = [row["calibration_verdict"].split(":")[0] for row in months]
    assert "broken" not in words[:6] and words[6:].count("broken") >= 3


def test_a_challenger_that_ranks_alike_is_no_difference(database: Path) -> None:
    rows = {row["scorecard"]: row for row in read(database, "from scorecard_comparison")}
    challenger = rows["large_by_fit"]
    assert challenger["difference_low"] <= 0 <= challenger["difference_high"]
    assert challenger["verdict"] == "no difference"
    assert rows["large"]["leads"] == challenger["leads"]


def scores_of(database: Path, condition: str) -> dict[tuple[str, datetime, str], tuple[Any, ...]]:
    query = f"""
        select
            moments.lead_id, moments.as_of, scores.scorecard, scores.total_score,
            scores.fit_points, scores.engagement_points, scores.stage
        from int_lead_scoring__scores as scores
        inner join int_lead_scoring__moments as moments using (moment_key)
        where {condition}
    """
    return {
        (row["lead_id"], row["as_of"], row["scorecard"]): tuple(row.values())[3:]
        for row in read(database, query)
    }


def twins(leads: list[world.Lead], prefix: str) -> dict[str, world.Lead]:
    by_id = {lead.lead_id: lead for lead in leads}
    found = {lead.lead_id: by_id[lead.lead_id[1:]] for lead in leads if lead.lead_id[0] == prefix}
    assert len(found) == world.TWINS
    return found


def test_nothing_after_an_instant_changes_its_score(
    database: Path, leads: list[world.Lead]
) -> None:
    """Twins with other events, outcomes and words of sales after 30 days score the same before."""
    pairs = twins(leads, "F")
    scores = scores_of(database, "true")
    ends = {lead_id: lead.created.replace(tzinfo=None) for lead_id, lead in pairs.items()}
    compared = 0
    for (lead_id, as_of, scorecard), values in scores.items():
        if lead_id in pairs and (as_of - ends[lead_id]).days <= 30:
            other = scores.get((pairs[lead_id].lead_id, as_of, scorecard))
            compared += other is not None
            assert other is None or other == values, (lead_id, as_of)
    assert compared > 500
    later = [
        values != scores[pairs[lead_id].lead_id, as_of, scorecard]
        for (lead_id, as_of, scorecard), values in scores.items()
        if lead_id in pairs
        and (as_of - ends[lead_id]).days > 30
        and (pairs[lead_id].lead_id, as_of, scorecard) in scores
    ]
    assert any(later), "the twins' futures do not differ: the test could not fail"


def test_words_of_sales_are_missing_at_honest_instants(database: Path) -> None:
    query = """
        select rules.rule_id, count(*) as reasons
        from int_lead_scoring__reasons as reasons
        inner join int_lead_scoring__rules as rules using (rule_key)
        where rules.rule_id in ('decides', 'no_budget_known')
        group by rules.rule_id
    """
    counts = {row["rule_id"]: row["reasons"] for row in read(database, query)}
    scorings = read(database, "select count(*) as scores from int_lead_scoring__scores")
    assert counts == {"no_budget_known": scorings[0]["scores"]}


def test_the_zone_in_which_times_are_written_changes_nothing(
    database: Path, leads: list[world.Lead]
) -> None:
    pairs = twins(leads, "Z")
    scores = scores_of(database, "true")
    mine = {
        (pairs[lead_id].lead_id, as_of, scorecard): values
        for (lead_id, as_of, scorecard), values in scores.items()
        if lead_id in pairs
    }
    originals = {lead.lead_id for lead in pairs.values()}
    assert mine == {place: v for place, v in scores.items() if place[0] in originals}
    fates = read(
        database,
        "select lead_id, purpose, as_of, fate, won_at from int_lead_scoring__instant_outcomes",
    )
    by_lead: dict[str, set[tuple[Any, ...]]] = {}
    for row in fates:
        by_lead.setdefault(row["lead_id"], set()).add(tuple(row.values())[1:])
    for lead_id, original in pairs.items():
        assert by_lead.get(lead_id) == by_lead.get(original.lead_id)


def test_an_event_at_the_very_instant_counts_and_a_win_there_does_not(
    leads: list[world.Lead],
) -> None:
    """The story's own edges, so that the comparison with it means something."""
    contacts = [
        (lead, when)
        for lead in leads
        for kind, when, *_ in lead.outcomes
        if kind == "contacted" and any(moment == when for _, moment in lead.events)
    ]
    ties = [
        lead
        for lead in leads
        for purpose, instant in story.instants(lead)
        if purpose == "created_plus_7_days" and any(when == instant for _, when in lead.events)
    ]
    assert contacts or ties
