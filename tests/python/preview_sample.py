"""A made-up preview, with names that nobody should trust."""

from __future__ import annotations

from datetime import datetime, timezone
from decimal import Decimal
from fractions import Fraction

from lead_scoring.preview.comparison import Change, Comparison
from lead_scoring.preview.movers import Mover, Reason, Standing
from lead_scoring.preview.outcomes import Conversion, Outcomes
from lead_scoring.preview.predictions import LeadMoved, LikelihoodChange, Routes
from lead_scoring.preview.rule_differences import RuleDifference
from lead_scoring.preview.scratch import Instants

NOW = datetime(2026, 6, 30, 12, tzinfo=timezone.utc)
# Markup, an address to load from, a formula, a table's column, and no place to break a line.
HOSTILE = "=<img src=https://example.com/x.png onerror=alert(1)>|`*_[a](b)\x1b[31m" + "w" * 150


def standing(stage: str, total: int) -> Standing:
    """A lead at a stage, with the same score in fit and engagement."""
    return Standing("enterprise", stage, "B2", total, total, total, ())


def sample(movers: int = 30, outcomes: Outcomes | None = None) -> Comparison:
    """A preview of a hundred thousand leads."""
    reasons = [Reason("seniority", f"Seniority is {HOSTILE}", Decimal("20"), Decimal("25.5"))]
    rising = [
        Mover(f"L{n}", "open", standing("lead", 49), standing("mql", 50), reasons)
        for n in range(movers)
    ]
    falling = Mover(HOSTILE, "won", standing("sql", 80), standing("lead", 12), [])
    return Comparison(
        base="HEAD (commit 0123456789)",
        edited="my_rules",
        instants=Instants.of(NOW, 60),
        rules=[
            RuleDifference("changed", "fit_rules", HOSTILE, "Seniority", (("points", "20", "25"),)),
            RuleDifference("removed", "lists", "free_mail, example.com", ""),
        ],
        leads=100_000,
        score_changes=12_345,
        grade_changes=2_000,
        stages={
            "sql": Change(10_100, 10_099),
            "mql": Change(20_000, 20_000 + movers),
            "lead": Change(60_000, 60_001 - movers),
            "disqualified": Change(9_900, 9_900),
        },
        moves={("lead", "mql"): movers, ("sql", "lead"): 1, ("lead", "lead"): 60_000 - movers},
        grades={
            (fit, engagement): Change(place * 1_000, place * 1_000 + (-20) ** place % 37)
            for place, (fit, engagement) in enumerate((f, e) for f in "ABCD" for e in "1234")
        },
        scores=[Change(8_000 - 300 * place, 7_900 - 290 * place) for place in range(20)],
        movers=[*rising, falling],
        handoffs=Change(400, 520),
        handoffs_to={"mql": Change(380, 500), "sql": Change(40, 39)},
        weekly_capacity=480,
        outcomes=outcomes or won_leads(),
        likelihoods=[
            LikelihoodChange(
                *("likely", None, "live", "older", 60_000, 12, 900.5, 1_000.25, 9_000, None),
                [LeadMoved(HOSTILE, 0.03, 0.31, 7), LeadMoved("L9", None, None, None)],
            )
        ],
        routes=Routes({("calls, call", HOSTILE): 12, ("", "mail"): 1}),
    )


def won_leads() -> Outcomes:
    """Outcomes of two grades."""
    instants = Instants.of(NOW, 60)
    return Outcomes(
        scored_at=instants.before_outcomes,
        until=NOW,
        leads=90_000,
        won=1_500,
        auc_before=Fraction(3, 4),
        auc_after=Fraction(4, 5),
        grades={
            "A1": (Conversion(1_000, 300), Conversion(900, 310)),
            "D4": (Conversion(89_000, 1_200), Conversion(89_100, 1_190)),
        },
    )
