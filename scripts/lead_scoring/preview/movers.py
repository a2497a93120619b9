"""Finds the leads that enter or leave mql or sql, and the reasons that moved them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import duckdb

from lead_scoring.databases import rows
from lead_scoring.rules.rule_set import plain, signed

# Higher stages have higher numbers; whatever is not in it is below mql.
RANKS = {"mql": 1, "sql": 2}
STANDING = "scorecard, stage, total_score, fit_score, engagement_score, is_disqualified"


@dataclass(frozen=True)
class Reason:
    """One rule or limit whose points changed for one lead."""

    rule_id: str
    words: str
    before: Decimal
    after: Decimal

    @property
    def in_words(self) -> str:
        """Returns the reason with its points before and after, and what that makes."""
        before, after = _short(self.before), _short(self.after)
        if not self.before:
            return f"{self.words}: now {signed(after)}"
        if not self.after:
            return f"{self.words}: no longer {signed(before)}"
        change = signed(_short(self.after - self.before))
        return f"{self.words}: {plain(before)} -> {plain(after)} ({change})"


@dataclass(frozen=True)
class Standing:
    """Where a lead stands under one rule set. Scores are whole, 0 to 100."""

    scorecard: str
    stage: str
    grade: str | None
    total_score: int
    fit_score: int
    engagement_score: int
    disqualified_because: tuple[str, ...]


@dataclass(frozen=True)
class Mover:
    """A lead that is on another side of mql or sql under the edited rules."""

    lead_id: str
    status: str
    before: Standing
    after: Standing
    reasons: Sequence[Reason]  # the strongest first

    def crosses(self, stage: str) -> int:
        """Returns 1 where the lead comes to the stage or above it, -1 where it falls below it."""
        wanted = RANKS[stage]
        before, after = (RANKS.get(one.stage, 0) >= wanted for one in (self.before, self.after))
        return int(after) - int(before)

    @property
    def rises(self) -> bool:
        """Whether the lead enters mql or sql; else it leaves one of them."""
        return RANKS.get(self.after.stage, 0) > RANKS.get(self.before.stage, 0)

    @property
    def scored_by(self) -> str:
        """Returns the scorecard after the change, and the status where the lead is not open."""
        status = "" if self.status == "open" else f" ({self.status})"
        return f"{self.after.scorecard}{status}"

    @property
    def why(self) -> list[str]:
        """Returns what moved the lead, in words, the weightiest first."""
        words = []
        before, after = self.before, self.after
        if before.scorecard != after.scorecard:
            words.append(f"Scorecard {before.scorecard} -> {after.scorecard}")
        for name in sorted({*after.disqualified_because} - {*before.disqualified_because}):
            words.append(f"Disqualified now: {name}")
        for name in sorted({*before.disqualified_because} - {*after.disqualified_because}):
            words.append(f"No longer disqualified: {name}")
        words += [reason.in_words for reason in self.reasons]
        if not words:
            scores = [
                (one.total_score, one.fit_score, one.engagement_score) for one in (before, after)
            ]
            words.append(
                "Same points and scores: a threshold changed"
                if scores[0] == scores[1]
                else "Same points: a weight of the scorecard changed"
            )
        return words


def find_movers(connection: duckdb.DuckDBPyConnection) -> list[Mover]:
    """Returns the movers among the leads of the table `pairs`.

    Those that rise come first, and in each half the highest stage and score.
    """
    connection.execute(_MOVING)
    reasons: dict[str, list[Reason]] = {}
    for row in rows(connection, _REASONS):
        reason = Reason(row["rule_id"], row["words"], row["before"], row["after"])
        reasons.setdefault(row["lead_id"], []).append(reason)
    disqualified = {
        side: {
            row["lead_id"]: tuple(row["words"])
            for row in rows(connection, _DISQUALIFIED.format(side=side, place=place))
        }
        for side, place in (("base", "before"), ("edited", "after"))
    }
    return [
        Mover(
            lead_id=row["lead_id"],
            status=row["status"],
            before=_standing(row, "before", disqualified["base"]),
            after=_standing(row, "after", disqualified["edited"]),
            reasons=reasons.get(row["lead_id"], []),
        )
        for row in rows(connection, _ORDERED)
    ]


def _short(points: Decimal) -> Decimal:
    """Returns points with two decimals: who reads a list wants no more."""
    return points.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _standing(
    row: dict[str, object], side: str, disqualified: dict[str, tuple[str, ...]]
) -> Standing:
    fit, engagement = row[f"{side}_fit_grade"], row[f"{side}_engagement_grade"]
    return Standing(
        scorecard=str(row[f"{side}_scorecard"]),
        stage=str(row[f"{side}_stage"]),
        grade=f"{fit}{engagement}" if fit and engagement else None,
        total_score=int(str(row[f"{side}_total_score"])),
        fit_score=int(str(row[f"{side}_fit_score"])),
        engagement_score=int(str(row[f"{side}_engagement_score"])),
        disqualified_because=disqualified.get(str(row["lead_id"]), ()),
    )


_MOVING = """
    create table moving as
    with ranked as (
        select
            *,
            case before_stage when 'sql' then 2 when 'mql' then 1 else 0 end as before_rank,
            case after_stage when 'sql' then 2 when 'mql' then 1 else 0 end as after_rank
        from pairs
    )

    select * from ranked where before_rank <> after_rank
"""

_ORDERED = """
    select * from moving
    order by
        after_rank > before_rank desc, greatest(before_rank, after_rank) desc,
        greatest(before_total_score, after_total_score) desc, lead_id
"""

_REASONS = """
    with before_reasons as (
        select moving.lead_id, reasons.rule_id, reasons.reason, reasons.points
        from moving
        join base.score_reasons as reasons
            on moving.lead_id = reasons.lead_id
            and moving.as_of = reasons.as_of
            and moving.before_scorecard = reasons.scorecard
    ),

    after_reasons as (
        select moving.lead_id, reasons.rule_id, reasons.reason, reasons.points
        from moving
        join edited.score_reasons as reasons
            on moving.lead_id = reasons.lead_id
            and moving.as_of = reasons.as_of
            and moving.after_scorecard = reasons.scorecard
    )

    select
        lead_id,
        rule_id,
        coalesce(after_reasons.reason, before_reasons.reason) as words,
        coalesce(before_reasons.points, 0) as before,
        coalesce(after_reasons.points, 0) as after
    from before_reasons
    full join after_reasons using (lead_id, rule_id)
    where coalesce(before_reasons.points, 0) <> coalesce(after_reasons.points, 0)
    order by
        lead_id, abs(coalesce(after_reasons.points, 0) - coalesce(before_reasons.points, 0)) desc,
        rule_id
"""

_DISQUALIFIED = """
    select moving.lead_id, list(reason_texts.words order by scorecard_rules.rule_id) as words
    from moving
    join {side}.int_lead_scoring__rules_that_hold as rules_that_hold
        on moving.{place}_moment_key = rules_that_hold.moment_key
    join {side}.int_lead_scoring__scorecard_rules as scorecard_rules
        on rules_that_hold.rule_key = scorecard_rules.rule_key
        and moving.{place}_scorecard = scorecard_rules.scorecard
    join {side}.int_lead_scoring__reason_texts as reason_texts
        on rules_that_hold.rule_key = reason_texts.rule_key
    where scorecard_rules.disqualifies
    group by moving.lead_id
"""
