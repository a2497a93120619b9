"""The figures about rules and thresholds, computed from the frames."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from evidence import statistics as stat
from evidence import story
from evidence.expected_scores import Rows, drift_of_scores, outcomes_of
from evidence.frames import Frames
from evidence.world import Lead

POINTS = {
    "software": 20, "any_industry": 5, "referral": 15, "europe": 10, "decides": 40,
    "no_budget_known": 3, "thrown_away": -10, "small_company": -5, "demo": 25, "page": 4,
    "webinar": 9, "silent": -6,
}  # fmt: skip
ENGAGEMENT = {"demo", "page", "webinar", "silent"}
REFUSED = {"decides", "no_budget_known"}
CAPACITY = 8
# The rules of the one signal that keeps the first: bins of one scale.
BINS = ("software", "any_industry")
FIT_WEIGHTS = {"large": 0.5, "other": 0.5, "large_by_fit": 0.9}
POINTS_FOR_100 = 60
# The attribute of a lead that a rule looks at.
ATTRIBUTES = {
    "software": "industry", "any_industry": "industry", "referral": "source", "europe": "region",
    "decides": "budget", "no_budget_known": "budget", "thrown_away": "mail",
    "small_company": "size",
}  # fmt: skip


def rules_of(scorecard: str) -> list[str]:
    """The rules that are on for a scorecard of the world."""
    return [rule for rule in POINTS if rule != "small_company" or scorecard == "other"]


def is_missing(lead: Lead, attribute: str) -> bool:
    """Whether the lead's attribute is missing at an honest instant."""
    return {
        "industry": not lead.industry,
        "source": not lead.source,
        "region": not lead.region,
        "budget": True,  # known after contact: refused
        "mail": False,  # no address is a kind of its own
        "size": False,
    }[attribute]


def missing_rates(frames: Frames) -> dict[tuple[Any, ...], float]:
    """missing_rate of score_drift: of rules that look at an attribute, and of scores (`*`)."""
    rates: dict[tuple[Any, ...], float] = {}
    for (scorecard, month), group in frames.scored.groupby(["scorecard", "month"]):
        leads = [frames.leads[lead_id] for lead_id in group["lead_id"]]
        shares = []
        for lead, scored_by in zip(leads, group["scored_by"], strict=True):
            named = {ATTRIBUTES[rule] for rule in rules_of(scored_by) if rule in ATTRIBUTES}
            known = sum(not is_missing(lead, name) for name in named)
            shares.append(1 - round(known / len(named), 4))  # fit_coverage has four decimals
        rates[scorecard, "*", month] = float(np.mean(shares))
        for rule in rules_of(str(scorecard)) if scorecard != "*" else []:
            if rule in ATTRIBUTES:
                found = [is_missing(lead, ATTRIBUTES[rule]) for lead in leads]
                rates[scorecard, rule, month] = float(np.mean(found))
    return rates


def rules_at_instants(frames: Frames) -> pd.DataFrame:
    """One row a lead, scorecard and rule that counted at the purpose's instant."""
    scored = frames.scored[frames.scored["scorecard"] != "*"]
    return scored.merge(frames.rules, on=["lead_id", "as_of", "scorecard"])


def rule_evidence(frames: Frames) -> Rows:
    """rule_evidence, with the smallest of the verdicts left to SQL's own unit test."""
    rows: Rows = {}
    held = rules_at_instants(frames)
    for scorecard, group in frames.scored[frames.scored["scorecard"] != "*"].groupby("scorecard"):
        known = group[group["known"] == 1]
        of_card = held[(held["scorecard"] == scorecard) & (held["known"] == 1)]
        sets = {rule: set(of_rule["lead_id"]) for rule, of_rule in of_card.groupby("rule_id")}
        placed = _with_strata(known, of_card, str(scorecard))
        figures = {
            rule: _evidence(known, of_card[of_card["rule_id"] == rule], rule)
            | _beside_others(placed[rule], rule)
            for rule in rules_of(str(scorecard))
        }
        for row in figures.values():
            row["is_harmful"] = bool(
                row["confidence"] != "none"
                and (row["weight_high"] < 0 if row["advantage"] > 0 else row["weight_low"] > 0)
            )
        for names in ({"engagement"}, {"fit"}):
            rules = [r for r in figures if (r in ENGAGEMENT) == ("engagement" in names)]
            _suggest({rule: figures[rule] for rule in rules})
        for rule, row in figures.items():
            mine = sets.get(rule, set())
            shares = [
                (round(len(mine & other) / len(mine | other), 6), name)
                for name, other in sets.items()
                if name != rule and mine & other
            ]
            best = min(shares, key=lambda share: (-share[0], share[1])) if shares else (None, None)
            row["overlap"], row["most_overlapping_rule"] = best
            rows[scorecard, rule] = row
    scorings = frames.scores
    for (scorecard, rule), row in rows.items():
        leads = scorings[scorings["scorecard"] == scorecard]
        ever = frames.rules[
            (frames.rules["scorecard"] == scorecard) & (frames.rules["rule_id"] == rule)
        ].merge(leads[["lead_id", "as_of"]], on=["lead_id", "as_of"])
        row["leads_ever_with"] = ever["lead_id"].nunique()
        row["share_ever_with"] = row["leads_ever_with"] / leads["lead_id"].nunique()
        row["is_refused"] = rule in REFUSED
        row["is_dead"] = not row["is_refused"] and row["share_ever_with"] < 0.005
        for name in [name for name in row if name.startswith("_")]:
            del row[name]
    return rows


def _evidence(known: pd.DataFrame, of_rule: pd.DataFrame, rule: str) -> dict[str, Any]:
    without = known[~known["lead_id"].isin(of_rule["lead_id"])]
    yes, no = int(of_rule["converted"].sum()), int(without["converted"].sum())
    counts = (yes, len(of_rule) - yes), (no, len(without) - no)
    smallest = min(len(of_rule), len(without), yes + no, len(known) - yes - no)
    by_chance = min(len(of_rule), len(without)) * (yes + no) / len(known)
    low, high = stat.wilson(yes, len(of_rule))
    columns = np.array(counts, float) + 0.5
    shares = columns / columns.sum(axis=0)
    confidence = "none" if smallest < 40 or by_chance < 5 else "enough"
    if confidence == "enough" and (smallest < 120 or by_chance < 10):
        confidence = "low"
    return {
        "current_points": POINTS[rule],
        "leads": len(known),
        "leads_with": len(of_rule),
        "conversions_with": yes,
        "leads_without": len(without),
        "conversions_without": no,
        "share_of_leads": stat.ratio(len(of_rule), len(known)),
        "rate_with": stat.ratio(yes, len(of_rule)),
        "rate_with_low": low,
        "rate_with_high": high,
        "rate_without": stat.ratio(no, len(without)),
        "lift": stat.ratio(yes * len(known), len(of_rule) * (yes + no)),
        "information_value": stat.divergence(shares[:, 0], shares[:, 1]),
        "mean_points": float(of_rule["points"].mean()) if len(of_rule) else None,
        "confidence": confidence,
        "suggested_points": None,
    }


def _with_strata(
    known: pd.DataFrame, of_card: pd.DataFrame, scorecard: str
) -> dict[str, pd.DataFrame]:
    """For each rule the known leads, with what its group gave them, the group's rule that did
    (None: none), and the stratum."""
    weight = FIT_WEIGHTS[scorecard]
    quarters = pd.Series(known["month"]).rank(method="min").sub(1).mul(4).div(len(known))
    score = (100 / POINTS_FOR_100) * (
        weight * known["fit_points"] + (1 - weight) * known["engagement_points"]
    )
    found = {}
    for rule in rules_of(scorecard):
        group = BINS if rule in BINS else (rule,)
        given = of_card[of_card["rule_id"].isin(group)].set_index("lead_id")
        leads = known.assign(
            points=known["lead_id"].map(given["points"]).fillna(0.0),
            rule=known["lead_id"].map(given["rule_id"]),
        )
        per_point = (100 / POINTS_FOR_100) * (1 - weight if rule in ENGAGEMENT else weight)
        rest = (score - per_point * leads["points"]).round(4)
        fifths = rest.rank(method="min").sub(1).mul(5).div(len(known))
        leads["stratum"] = 5 * np.floor(quarters) + np.floor(fifths)
        found[rule] = leads
    return found


def _weight(leads: pd.DataFrame, has: pd.Series) -> tuple[float | None, float | None]:
    if not has.any() or has.all():
        return None, None
    tables = []
    for _, stratum in leads.groupby("stratum"):
        mine = has[stratum.index]
        tables.append(
            np.array(
                [
                    [(side["converted"] == 1).sum(), (side["converted"] == 0).sum()]
                    for side in (stratum[mine], stratum[~mine])
                ],
                float,
            )
        )
    return stat.pooled_log_odds(tables)


def _beside_others(leads: pd.DataFrame, rule: str) -> dict[str, Any]:
    """The evidence of a rule beside the other bins of its group, among leads of like scores."""
    has, none = leads["rule"] == rule, leads["rule"].isna()
    (weight, half), (weight_of_none, _) = _weight(leads, has), _weight(leads, none)
    low, high = (None, None) if weight is None or half is None else (weight - half, weight + half)
    return {
        "weight_of_evidence": weight,
        "weight_low": low,
        "weight_high": high,
        "advantage": None
        if weight is None
        else leads.loc[has, "points"].mean() - leads.loc[~has, "points"].mean(),
        "rules_of_group": 2 if rule in BINS else 1,
        "_height": weight and weight * (1 - has.mean()),
        "_height_of_none": weight_of_none * (1 - none.mean())
        if weight_of_none is not None and none.sum() >= 40
        else None,
        "_points_of_all": leads["points"].mean(),
    }


def _suggest(rules: dict[str, dict[str, Any]]) -> None:
    """Adds suggested points to the rules of one dimension of a scorecard."""
    judged = [row for row in rules.values() if row["confidence"] != "none"]
    leads = np.array([row["leads_with"] for row in judged], float)
    points = np.array([row["advantage"] for row in judged], float)
    weights = np.array([row["weight_of_evidence"] for row in judged], float)
    if not len(judged):
        return
    # the line through 0, each rule as heavy as it has leads
    slope = np.linalg.lstsq(
        (weights * np.sqrt(leads))[:, None], points * np.sqrt(leads), rcond=None
    )[0][0]
    if slope <= 0:
        return
    most = max(abs(row["current_points"]) for row in judged)
    for row in judged:
        if row["_height_of_none"] is not None:
            value = slope * (row["_height"] - row["_height_of_none"])
        else:
            value = row["_points_of_all"] + slope * row["_height"]
        value *= row["current_points"] / row["mean_points"]
        row["suggested_points"] = float(
            np.clip(np.floor(abs(value) + 0.5) * np.sign(value), -most, most)
        )


def drift_of_rules(frames: Frames) -> Rows:
    """score_drift, the rows about rules."""
    rows: Rows = {}
    held = rules_at_instants(frames)
    for scorecard, group in frames.scored[frames.scored["scorecard"] != "*"].groupby("scorecard"):
        for rule in rules_of(str(scorecard)):
            of_rule = held[(held["scorecard"] == scorecard) & (held["rule_id"] == rule)]
            for month, of_month in group.groupby("month"):
                past = group[group["month"] < month]
                now_with = of_rule[of_rule["month"] == month]
                past_with = int((of_rule["month"] < month).sum())
                counts = (
                    [len(now_with), len(of_month) - len(now_with)],
                    [past_with, len(past) - past_with],
                )
                figures = outcomes_of(now_with)
                rows[scorecard, rule, month] = {
                    "leads": len(of_month),
                    "past_leads": len(past),
                    "psi": stat.divergence(*map(stat.smoothed, counts)) if len(past) else None,
                    "psi_by_chance": 1 / len(of_month) + 1 / len(past) if len(past) else None,
                    "share_with": len(now_with) / len(of_month),
                    "known_leads": figures["known_leads"],
                    "conversions": figures["conversions"],
                    "conversion_rate": figures["conversion_rate"],
                }
    return rows


def drift(frames: Frames) -> Rows:
    """score_drift."""
    rows = drift_of_scores(frames) | drift_of_rules(frames)
    missing = missing_rates(frames)
    for key, row in rows.items():
        row["missing_rate"] = missing.get(key)
    return rows


def thresholds(frames: Frames) -> Rows:
    """threshold_options, recommendations included."""
    won = {
        lead.lead_id
        for lead in frames.leads.values()
        if any(kind == "won" for kind, *_ in story.known(lead))
    }
    contacts = frames.instants[frames.instants["purpose"] == "first_contact"].merge(
        frames.scores, on=["lead_id", "as_of"]
    )
    contacts = contacts[contacts["lead_id"].isin(won)]
    rows: Rows = {}
    for scorecard, group in frames.scored.groupby("scorecard"):
        held = contacts[
            contacts["is_own_scorecard"] if scorecard == "*" else contacts["scorecard"] == scorecard
        ]
        days = (group["as_of"].max().normalize() - group["as_of"].min().normalize()).days + 1
        of_card: Rows = {}
        for cut_off in range(101):
            selected = group[group["ranking"] >= cut_off]
            figures = outcomes_of(selected)
            of_card[scorecard, cut_off] = {
                "selected_leads": len(selected),
                "leads_per_week": len(selected) / max(1, days / 7),
                "known_leads": figures["known_leads"],
                "conversions": figures["conversions"],
                "recall": stat.ratio(figures["conversions"], group["converted"].sum()),
                "precision_rate": figures["conversion_rate"],
                "rate_low": figures["rate_low"],
                "rate_high": figures["rate_high"],
                "won_at_first_contact": int((held["ranking"] >= cut_off).sum()),
                "won_share_at_first_contact": stat.ratio(
                    (held["ranking"] >= cut_off).sum(), len(held)
                ),
                "weekly_capacity": CAPACITY if scorecard == "*" else None,
                "is_within_capacity": len(selected) / max(1, days / 7) <= CAPACITY
                if scorecard == "*"
                else None,
                "is_current_mql": cut_off == 20,
                "is_current_sql": cut_off == 40,
                "is_recommended_mql": False,
                "is_recommended_sql": False,
            }
        conversions = group["converted"].sum()
        if min(conversions, group["known"].sum() - conversions) >= 40:
            options = {key[1]: row for key, row in of_card.items() if key[1] > 0}
            # What sales can take: as stated, else as many as reach mql now, from 20 on.
            capacity = CAPACITY if scorecard == "*" else options[20]["leads_per_week"]
            mql = min(cut for cut, row in options.items() if row["leads_per_week"] <= capacity)
            half = options[mql]["recall"] / 2
            sql = max(cut for cut, row in options.items() if cut >= mql and row["recall"] >= half)
            of_card[scorecard, mql]["is_recommended_mql"] = True
            of_card[scorecard, sql]["is_recommended_sql"] = True
        rows |= of_card
    return rows
