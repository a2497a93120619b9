"""The preview of predictions: one difference each, what they move, and where hand-offs go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from pathlib import Path

import duckdb
import pytest

from lead_scoring.preview.predictions import (
    LikelihoodChange,
    compare_likelihoods,
    compare_routes,
)
from lead_scoring.preview.rule_differences import rule_differences
from lead_scoring.preview.scratch import LIKELIHOODS, STANDINGS, Instants
from lead_scoring.preview.words import likelihood_words
from lead_scoring.rules.checks.schema import schemas
from lead_scoring.rules.rule_set import RuleSet

NOW = datetime(2026, 6, 30, 12, tzinfo=timezone.utc)
Foretold = dict[str, Sequence[float | None]]  # prediction -> probabilities of leads 1, 2, ...


def rules_with(**tables: Sequence[dict[str, str]]) -> RuleSet:
    """A rule set of these rows alone; cells that are not named are blank."""
    return RuleSet(
        {
            name: [
                {column: row.get(column, "") for column in schema.columns}
                for row in tables.get(name, [])
            ]
            for name, schema in schemas().items()
        }
    )


def trained(fingerprint: str, auc: str, bins: int, **cells: str) -> RuleSet:
    """Rules with one prediction of so many bins."""
    row = {
        "prediction": "Likely", "foretells": "won", "horizon_days": "90", "status": "live",
        "fingerprint": fingerprint, "auc": auc, **cells,
    }  # fmt: skip
    found = [
        {"prediction": "likely", "feature": "f", "priority": str(place), "log_odds": auc}
        for place in range(bins)
    ]
    return rules_with(predictions=[row], prediction_bins=found)


def test_a_prediction_is_one_difference_however_many_rows_it_has() -> None:
    (trained_anew,) = rule_differences(trained("a", "0.7", 200), trained("b", "0.8", 300))
    assert trained_anew.row == "Likely"
    assert trained_anew.words == "to be won within 90 days, trained anew"
    assert trained_anew.cells == (("auc", "0.7", "0.8"),)
    (by_hand,) = rule_differences(trained("a", "0.7", 200), trained("a", "0.7", 199))
    assert by_hand.words.endswith("edited by hand: no approval holds for it")
    assert by_hand.cells == ()
    (added,) = rule_differences(rules_with(), trained("a", "0.7", 200))
    assert added.change == "added"
    assert added.words == "to be won within 90 days - status live, horizon_days 90, auc 0.7"
    (removed,) = rule_differences(trained("a", "0.7", 200), rules_with())
    assert removed.change == "removed"
    same = trained("a", "0.7", 200)
    assert rule_differences(same, same) == []
    approval = {"prediction": "Likely", "approved_by": "ann", "purpose": "whom to call"}
    (approved,) = rule_differences(rules_with(), rules_with(prediction_approvals=[approval]))
    assert (approved.table, approved.words) == ("prediction_approvals", "by ann, for whom to call")


def compared(base: Foretold, edited: Foretold, live: Sequence[str]) -> list[LikelihoodChange]:
    """Likelihoods of two scratch databases; the prediction "trained" has another fingerprint."""
    with duckdb.connect() as connection:
        connection.execute(
            "create table pairs as select 'L' || n as lead_id, n as before_moment_key,"
            " n + 10 as after_moment_key from range(1, 6) as leads (n)"
        )
        for side, (foretold, offset) in {"base": (base, 0), "edited": (edited, 10)}.items():
            connection.execute(f"attach ':memory:' as {side}")
            if not foretold:
                continue
            connection.execute(
                f"create table {side}.{LIKELIHOODS}"
                " (moment_key bigint, prediction varchar, probability decimal(10, 9), band integer)"
            )
            connection.execute(
                f"create table {side}.{STANDINGS} (prediction varchar, status varchar,"
                " fingerprint varchar, scorecard varchar)"
            )
            for name, found in foretold.items():
                status = "live" if name in live else "challenger"
                fingerprint = side if name == "trained" else "f"
                connection.execute(
                    f"insert into {side}.{STANDINGS} values (?, ?, ?, '*')",
                    [name, status, fingerprint],
                )
                for lead, share in enumerate(found, start=1):
                    connection.execute(
                        f"insert into {side}.{LIKELIHOODS} values (?, ?, ?, ?)",
                        [lead + offset, name, share, None if share is None else int(10 * share)],
                    )
        return compare_likelihoods(connection)


def test_leads_move_by_a_percent_or_more_or_become_unknown() -> None:
    (change,) = compared(
        {"trained": (0.1, 0.1, 0.15, 0.5, None), "same": (0.5,)},
        {"trained": (0.109, 0.11, 0.21, None, None), "same": (0.9,)},
        live=["trained", "same"],
    )
    assert (change.leads, change.unknown, change.moved, change.bands_moved) == (5, 2, 3, 2)
    assert (change.expected_before, change.expected_after) == pytest.approx((0.85, 0.429))
    assert [mover.words for mover in change.movers] == [
        "50 % -> none", "15 % -> 21 % (band 2)", "10 % -> 11 % (band 1)",
    ]  # fmt: skip
    assert likelihood_words(change) == (
        "trained (trained anew, live): of 5 leads the likelihood of 3 moves by a percent or more, "
        "the band of 2; 0.4 are promised in all, 0.8 before; of 2 it is unknown."
    )


def test_a_new_prediction_stands_beside_the_live_one_or_beside_nothing() -> None:
    old: Foretold = {"old": (0.1, 0.1), "trial": (0.9, 0.9)}
    (change,) = compared(old, {**old, "new": (0.1, 0.3)}, live=["old"])
    assert (change.prediction, change.beside, change.moved) == ("new", "old", 1)
    assert "new (new, challenger): of 2 leads 1 get a likelihood that differs from that of old" in (
        likelihood_words(change)
    )
    assert change.bands_moved is None
    (first,) = compared({}, {"new": (0.1, 0.3)}, live=["new"])
    assert likelihood_words(first) == (
        "new (new, live): 2 leads get a likelihood; 0.4 are promised in all."
    )
    assert compared(old, {}, live=[]) == []


def scored(path: Path, routing: str) -> Path:
    """A scratch database in which leads 1, 2 and 3 have these likelihoods: .2, .6, unknown."""
    with duckdb.connect(str(path)) as connection:
        for statement in _SCRATCH.format(routing=routing).split(";"):
            connection.execute(statement)
    return path


def test_hand_offs_follow_rules_on_likelihood_by_the_engines_own_model(tmp_path: Path) -> None:
    databases = {
        "base": scored(tmp_path / "base.duckdb", "'equals'"),
        "edited": scored(tmp_path / "edited.duckdb", "'gte'"),
    }
    with duckdb.connect() as connection:
        connection.execute(
            "create table crossings as select n as before_moment_key, n as after_moment_key,"
            " 'L' || n as lead_id, 'mql' as before_stage, 'mql' as after_stage, 'one' as"
            " before_scorecard, 'one' as after_scorecard, true as before_crosses, n < 4 as"
            " after_crosses from range(1, 5) as leads (n)"
        )
        routes = compare_routes(connection, databases, Instants.of(NOW, 60))
    # Only lead 2 is as likely as the rule asks for; lead 4 is handed over by one side alone.
    assert routes.moves == {("mail, write", "calls, call"): 1}
    assert routes.leads == 1


_SCRATCH = """
create table int_lead_scoring__leads_at_moments as
select n as moment_key, 'L' || n as lead_id, 'open' as status,
    'A' as account, null::varchar as owner
from range(1, 5) as leads (n);
create table int_lead_scoring__scores as
select n as moment_key, 'one' as scorecard, 'segment' as segment, 'A' as fit_grade, '1' as
    engagement_grade, 60 as total_score
from range(1, 5) as leads (n);
create table int_lead_scoring__rules_that_hold as
select 1 as moment_key, 1 as rule_key where false;
create table int_lead_scoring__likelihoods as
select * from (values (1, 'p', 0.2), (2, 'p', 0.6), (3, 'p', null))
    as found (moment_key, prediction, probability);
create table int_lead_scoring__prediction_standings as
select 'p' as prediction, '*' as scorecard, 'live' as status;
create table int_lead_scoring__scorecard_rules as
select * from (values (1, 'likely', 1), (2, 'others', 2)) as rules (rule_key, rule_id, place)
cross join (select 'one' as scorecard, 'mql' as stage, 'routing' as kind);
create table int_lead_scoring__rules as
select * from (
    values (1, 'likely', 'likelihood', 'calls', 'call', 60),
        (2, 'others', null, 'mail', 'write', 90)
) as rules (rule_key, rule_id, attribute, queue, action, respond_within_minutes);
create table int_lead_scoring__rule_conditions as
select 1 as rule_key, 1 as condition_key, {routing} as operator, 'lead' as subject,
    'likelihood' as attribute;
create table int_lead_scoring__conditions as
select 1 as condition_key, 'lead' as subject, 'likelihood' as attribute, 'number' as type,
    {routing} as operator, '0.5' as operand, '' as operand_words, 0.5 as low, 0.5 as high,
    null::date as first_day, null::date as last_day;
create table lead_scoring__scorecards as select 'one' as scorecard, 'ann' as owner;
create table int_lead_scoring__reasons as
select 1 as moment_key, 'one' as scorecard, 1 as rule_key, 'signal' as signal, 1 as points;
create table int_lead_scoring__reason_texts as
select 1 as rule_key, null::varchar as limited_signal, 'words' as words
"""
