"""The figures about groups of leads: funnel, sources, slices, coverage, missed and rejected."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import timedelta
from typing import Any

import pandas as pd

from evidence import statistics as stat
from evidence import story
from evidence.expected_scores import Rows, outcomes_of
from evidence.frames import Frames
from evidence.world import AS_OF, HORIZON, PURPOSE, VARIABLES, Lead

SIZES = {5: "micro", 40: "small", 300: "large", 4000: "enterprise"}
MAILS = {
    "a@firm.example": "business", "a@gmail.com": "free", "a@mailinator.com": "disposable",
    "": "missing",
}  # fmt: skip
MISSING = "(missing)"
DAYS_AFTER_CREATION = int(PURPOSE.removeprefix("created_plus_").removesuffix("_days"))


def traits_of(lead: Lead) -> dict[str, str]:
    """The attributes by which leads are told apart."""
    return {
        "lead_source": lead.source or MISSING,
        "region": lead.region or MISSING,
        "industry": lead.industry or MISSING,
        "company_size": SIZES[lead.employees],
        "email_type": MAILS[lead.email],
        "seniority": MISSING,
        "department": MISSING,
    }


def has(lead: Lead, outcome: str) -> bool:
    """Whether sales recorded the outcome by the run's instant."""
    return any(kind == outcome for kind, *_ in story.known(lead))


def is_held_out(lead_id: str) -> bool:
    """Whether routing leaves the lead alone."""
    digits = hashlib.md5(f"held out {lead_id}".encode()).hexdigest()[:4]
    percent = VARIABLES["lead_scoring_holdout_percent"]
    assert isinstance(percent, int)
    return int(digits, 16) < round(percent * 655.36)


def own_leads(frames: Frames) -> pd.DataFrame:
    """Each lead at its instant by its own scorecard, with its traits and what sales did."""
    own = frames.scored[frames.scored["scorecard"] == "*"].copy()
    stories = [frames.leads[lead_id] for lead_id in own["lead_id"]]
    for name in traits_of(stories[0]):
        own[name] = [traits_of(lead)[name] for lead in stories]
    own["is_contacted"] = [int(has(lead, "contacted")) for lead in stories]
    own["has_outcome"] = [int(bool(story.known(lead))) for lead in stories]
    own["is_held_out"] = [is_held_out(lead.lead_id) for lead in stories]
    rates = own.groupby("band")[["known", "converted"]].sum()
    own["expected"] = (
        own["band"].map(rates["converted"] / rates["known"]).where(own["known"] == 1, 0)
    )
    return own


def slices(frames: Frames) -> Rows:
    """slice_gaps."""
    rows: Rows = {}
    own = own_leads(frames)
    for attribute in ("region", "company_size", "email_type"):
        for value, group in own.groupby(attribute):
            figures = outcomes_of(group)
            expected = float(group["expected"].sum())
            variance = float((group["expected"] * (1 - group["expected"])).sum())
            known = group[group["known"] == 1]
            distance = figures["conversions"] - expected
            verdict = "no difference"
            if figures["known_leads"] < 40:
                verdict = "too few to say"
            elif abs(distance) > max(1, stat.CAREFUL_Z * variance**0.5):
                verdict = "scored too low" if distance > 0 else "scored too high"
            rows[attribute, value] = figures | {
                "leads": len(group),
                "mean_score": float(group["total_score"].mean()),
                "mql_share": float(group["is_mql"].mean()),
                "expected_rate": stat.ratio(expected, figures["known_leads"]),
                "gap": stat.ratio(distance, figures["known_leads"]),
                "auc": stat.area(known["converted"].to_numpy(), known["ranking"].to_numpy()),
                "verdict": verdict,
            }
    return rows


def sources(frames: Frames) -> Rows:
    """source_quality."""
    rows: Rows = {}
    own = own_leads(frames)
    whole = outcomes_of(own)
    for source, group in own.groupby("lead_source"):
        figures = outcomes_of(group)
        verdict = "no difference"
        if figures["known_leads"] < 40:
            verdict = "too few to say"
        elif figures["rate_low"] > whole["conversion_rate"]:
            verdict = "better than average"
        elif figures["rate_high"] < whole["conversion_rate"]:
            verdict = "worse than average"
        rows[(source,)] = figures | {
            "leads": len(group),
            "mean_score": float(group["total_score"].mean()),
            "mean_fit_score": float(group["fit_score"].mean()),
            "mql_share": float(group["is_mql"].mean()),
            "contacted_share": float(group["is_contacted"].mean()),
            "lift": figures["conversion_rate"] / whole["conversion_rate"],
            "won_amount": float(group["amount"].sum()),
            "amount_per_lead": float(group["amount"].sum()) / figures["known_leads"],
            "expected_conversions": float(group["expected"].sum()),
            "verdict": verdict,
        }
    return rows


def coverage(frames: Frames) -> Rows:
    """outcome_coverage."""
    rows: Rows = {}
    for (band, held_out), group in own_leads(frames).groupby(["band", "is_held_out"]):
        contacted = group[(group["is_contacted"] == 1) & (group["known"] == 1)]
        rows[band, bool(held_out)] = outcomes_of(group) | {
            "leads": len(group),
            "contacted_leads": int(group["is_contacted"].sum()),
            "leads_with_outcome": int(group["has_outcome"].sum()),
            "contacted_share": float(group["is_contacted"].mean()),
            "outcome_share": float(group["has_outcome"].mean()),
            "contacted_known_leads": len(contacted),
            "contacted_conversion_rate": stat.ratio(contacted["converted"].sum(), len(contacted)),
        }
    return rows


def missed(frames: Frames) -> Rows:
    """missed_leads, without the reasons in words."""
    own = own_leads(frames)
    return {
        (row["lead_id"],): {
            "scorecard": row["scored_by"],
            "segment": row["segment"],
            "lead_source": row["lead_source"],
            "total_score": row["total_score"],
            "fit_score": row["fit_score"],
            "engagement_score": row["engagement_score"],
            "days_to_win": row["days"],
            "amount": row["amount"] or None,
            "as_of": row["as_of"].to_pydatetime(),
            "won_at": row["won_at"].to_pydatetime().replace(tzinfo=None),
        }
        for row in own[(own["converted"] == 1) & ~own["is_mql"]].to_dict("records")
    }


def missed_traits(frames: Frames) -> Rows:
    """missed_lead_traits."""
    own = own_leads(frames)
    low = own[(own["known"] == 1) & ~own["is_mql"]]
    both = pd.concat([low, low.assign(scorecard=low["scored_by"])])
    positive = frames.rules[frames.rules["points"] > 0]
    rows: Rows = {}
    for scorecard, group in both.groupby("scorecard"):
        names = list(traits_of(frames.leads[str(group["lead_id"].iloc[0])]))
        long = group.melt(["lead_id", "converted"], names, "trait", "value")
        rules = group.merge(
            positive.rename(columns={"scorecard": "scored_by"}),
            on=["lead_id", "as_of", "scored_by"],
        ).assign(trait="rule")
        rules["value"] = rules["rule_id"]
        columns = ["trait", "value", "converted"]
        wins, others = int(group["converted"].sum()), int((1 - group["converted"]).sum())
        for (trait, value), leads in pd.concat([long[columns], rules[columns]]).groupby(
            ["trait", "value"]
        ):
            ours = int(leads["converted"].sum())
            theirs = len(leads) - ours
            weight, half = stat.log_odds((ours, theirs), (wins - ours, others - theirs))
            if ours:
                rows[scorecard, trait, value] = {
                    "missed_leads": ours,
                    "missed_share": ours / wins,
                    "other_share": theirs / others,
                    "lift": stat.ratio(ours * others, wins * theirs),
                    "is_telling": ours >= 5 and weight > half,
                }
    return rows


def rejected(frames: Frames) -> Rows:
    """rejected_leads."""
    honest = frames.instants[["lead_id", "as_of"]].drop_duplicates()
    own = honest.merge(
        frames.scores[frames.scores["is_own_scorecard"]], on=["lead_id", "as_of"]
    )  # fmt: skip
    found: list[dict[str, Any]] = []
    for lead in frames.leads.values():
        rejections = [o for o in story.known(lead) if o[0] in ("rejected", "disqualified")]
        if rejections:
            _, when, _, reason = min(rejections, key=lambda outcome: outcome[1])
            before = own[
                (own["lead_id"] == lead.lead_id) & (own["as_of"] <= when.replace(tzinfo=None))
            ].sort_values("as_of")
            if len(before) and before["is_mql"].iloc[-1]:
                found.append(before.iloc[-1].to_dict() | {"reason": reason or "(none given)"})
    single = pd.DataFrame(found)
    leads = single["reason"].map(single["reason"].value_counts())
    single.loc[(leads == 1) & (single["reason"] != "(none given)"), "reason"] = "(other)"
    both = pd.concat([single.assign(row=single["scorecard"]), single.assign(row="*")])
    mqls = own[own["is_mql"]]
    positive = frames.rules[frames.rules["points"] > 0]
    rows: Rows = {}
    for (scorecard, reason), group in both.groupby(["row", "reason"]):
        of_card = mqls if scorecard == "*" else mqls[mqls["scorecard"] == scorecard]
        rules = Counter(group.merge(positive, on=["lead_id", "as_of", "scorecard"])["rule_id"])
        rule, count = min(rules.items(), key=lambda item: (-item[1], item[0]))
        rows[scorecard, reason] = {
            "rejected_leads": len(group),
            "share": len(group) / int((both["row"] == scorecard).sum()),
            "share_of_mqls": len(group) / of_card["lead_id"].nunique(),
            "mean_score": float(group["total_score"].mean()),
            "most_common_rule": rule,
            "most_common_rule_share": count / len(group),
        }
    return rows


def funnel(frames: Frames) -> Rows:
    """funnel_conversion."""
    honest = frames.instants[["lead_id", "as_of"]].drop_duplicates()
    own = honest.merge(
        frames.scores[frames.scores["is_own_scorecard"]], on=["lead_id", "as_of"]
    ).sort_values("as_of")
    first = own.groupby("lead_id").first()
    reached = own.groupby("lead_id")["stage"].agg(set)
    leads = []
    for lead in frames.leads.values():
        stages = reached.get(lead.lead_id, set())
        wins = [outcome for outcome in story.known(lead) if outcome[0] == "won"]
        end = lead.created + timedelta(days=HORIZON)
        leads.append(
            {
                "month": story.month_of(lead.created),
                "segment": first["segment"].get(lead.lead_id, "(none)"),
                "source": lead.source or MISSING,
                "mql_leads": bool(stages & {"mql", "sql"}),
                "sql_leads": "sql" in stages,
                **{
                    f"{name}_leads": has(lead, name)
                    for name in ("contacted", "accepted", "qualified", "opportunity", "won")
                },
                "mature_leads": end <= AS_OF,
                "won_in_horizon": end <= AS_OF and any(when <= end for _, when, *_ in wins),
                "won_amount": sum(float(amount or 0) for _, _, amount, _ in wins),
            }
        )
    rows: Rows = {}
    for key, group in pd.DataFrame(leads).groupby(["month", "segment", "source"]):
        sums = group.drop(columns=["month", "segment", "source"]).sum()
        row: dict[str, Any] = {name: float(value) for name, value in sums.items()}
        row["leads"] = len(group)
        for name in ("mql", "accepted", "sql", "won"):
            row[f"{name}_rate"] = row[f"{name}_leads"] / len(group)
        row["conversion_rate"] = stat.ratio(row["won_in_horizon"], row["mature_leads"])
        row["amount_per_lead"] = row["won_amount"] / len(group)
        rows[key] = row
    return rows


def accounted_for(frames: Frames) -> Rows:
    """leads_accounted_for."""
    seen = frames.instants[frames.instants["purpose"] == PURPOSE].set_index("lead_id")["fate"]
    rows: Rows = {}
    waits: dict[str, list[float]] = {}
    for lead in frames.leads.values():
        wins = [when for kind, when, *_ in story.known(lead) if kind == "won"]
        instant = lead.created + timedelta(days=DAYS_AFTER_CREATION)
        losses = [when for kind, when, *_ in story.known(lead) if kind in ("lost", "disqualified")]
        if lead.lead_id in seen.index:
            fate = "too young" if seen[lead.lead_id] == "censored" else "looked at"
        elif wins and min(wins) <= instant:
            fate = "won before the instant"
        elif losses and min(losses) <= instant:
            fate = "lost before the instant"
        else:
            fate = "too young" if instant > AS_OF else "other"
        for name in (fate, "*"):
            row = rows.setdefault((name,), {"leads": 0, "wins": 0, "wins_at_creation": 0})
            row["leads"] += 1
            row["recorded_from"] = row["recorded_until"] = None
            if wins:
                row["wins"] += 1
                wait = (min(wins) - lead.created) / timedelta(days=1)
                row["wins_at_creation"] += wait <= 0
                waits.setdefault(name, []).append(max(-1, -(-wait // 1) - 1))
    for (name,), row in rows.items():
        days = sorted(waits.get(name, []))
        row["days_before_most_wins"] = days[-(-len(days) // 5) - 1] if days else None
    return rows
