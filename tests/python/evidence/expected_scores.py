"""The figures about scores, computed from the frames: bands, calibration, ranking, drift."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from evidence import statistics as stat
from evidence.frames import Frames
from evidence.world import HORIZON

Rows = dict[tuple[Any, ...], dict[str, Any]]


def outcomes_of(group: pd.DataFrame) -> dict[str, Any]:
    """Known leads, conversions and their rate with its interval."""
    leads, conversions = int(group["known"].sum()), int(group["converted"].sum())
    low, high = stat.wilson(conversions, leads)
    return {
        "known_leads": leads,
        "conversions": conversions,
        "conversion_rate": stat.ratio(conversions, leads),
        "rate_low": low,
        "rate_high": high,
    }


def bands(frames: Frames) -> Rows:
    """score_band_outcomes."""
    rates = frames.scored.groupby("scorecard")[["known", "converted"]].sum()
    rows: Rows = {}
    for (scorecard, band), group in frames.scored.groupby(["scorecard", "band"]):
        days = group["days"].dropna().astype(float)
        whole = rates.loc[scorecard]
        figures = outcomes_of(group)
        rows[scorecard, band] = figures | {
            "leads": len(group),
            "lost_leads": int((group["fate"] == "lost").sum()),
            "open_leads": int((group["fate"] == "open").sum()),
            "censored_leads": int((group["fate"] == "censored").sum()),
            "lift": stat.ratio(
                figures["conversions"] * whole["known"],
                figures["known_leads"] * whole["converted"],
            ),
            "won_amount": float(group["amount"].sum()),
            "mean_days_to_win": float(days.mean()) if len(days) else None,
            "median_days_to_win": float(days.median()) if len(days) else None,
        }
    return rows


def expected_rate(past: pd.DataFrame, everything: pd.DataFrame) -> float | None:
    """What a band's past makes one expect, given the past of all bands."""
    leads = everything["known"].sum()
    if not leads:
        return None
    prior = (everything["converted"].sum() + 0.5) / (leads + 1)
    return float((past["converted"].sum() + 2 * prior) / (past["known"].sum() + 2))


def spread(leads: int, rate: float, past_leads: int) -> float:
    """The variance of the conversions of a band, the doubt about its past rate included."""
    return leads * rate * (1 - rate) * (1 + leads / (past_leads + 2))


def calibration_word(
    conversions: int, expected: float, variance: float, leads: int, past_conversions: int
) -> str:
    """The first word of a calibration verdict."""
    if past_conversions < 5 or leads < 30:
        return "unknown"
    distance = abs(conversions - expected)
    is_far = distance > stat.CAREFUL_Z * math.sqrt(variance) and distance > 0.25 * expected
    return "broken" if is_far else "holds"


def past_months(group: pd.DataFrame) -> list[Any]:
    """The earlier months of a scorecard: until half of its known leads are reached."""
    counts = group.groupby("month")["known"].sum()
    counts = counts[counts > 0]
    before = counts.cumsum() - counts
    return list(counts.index[(2 * before < counts.sum()).to_numpy()][: len(counts) - 1])


def calibration(frames: Frames) -> Rows:
    """score_calibration."""
    rows: Rows = {}
    for scorecard, group in frames.scored.groupby("scorecard"):
        group = group.assign(is_past=group["month"].isin(past_months(group)))
        for band, of_band in group.groupby("band"):
            past, recent = of_band[of_band["is_past"]], of_band[~of_band["is_past"]]
            rate = expected_rate(past, group[group["is_past"]])
            figures = outcomes_of(recent)
            rows[scorecard, band] = {
                "past_leads": int(past["known"].sum()),
                "past_conversions": int(past["converted"].sum()),
                "expected_rate": rate,
                "recent_leads": figures["known_leads"],
                "recent_conversions": figures["conversions"],
                "expected_conversions": rate and rate * figures["known_leads"],
                "actual_rate": figures["conversion_rate"],
                "rate_low": figures["rate_low"],
                "rate_high": figures["rate_high"],
            }
    return rows


def newest_month(leads: pd.DataFrame) -> Any:
    """The first of the newest months: what comes before them is 70 % of the leads at most."""
    counts = leads.groupby("month").size()
    earlier = counts.cumsum() - counts
    return max(month for month in counts.index[1:] if earlier[month] <= 0.7 * len(leads))


def ends(value: float | None, half: float | None, name: str, most: float) -> dict[str, Any]:
    """A figure's interval, by the names of its columns; most: how far it can go to either side."""
    if value is None or half is None:
        return {f"{name}_low": None, f"{name}_high": None}
    low = max(0.0, value - half) if most == 1 else value - half
    return {f"{name}_low": low, f"{name}_high": min(most, value + half)}


def comparison(frames: Frames) -> Rows:
    """scorecard_comparison, verdicts left to a test of their own."""
    own = frames.scored[frames.scored["scorecard"] == "*"].set_index("lead_id")["ranking"]
    calibrated = calibration(frames)
    rows: Rows = {}
    for scorecard, group in frames.scored.groupby("scorecard"):
        leads = group[group["known"] == 1]
        labels, scores = leads["converted"].to_numpy(), leads["ranking"].to_numpy()
        live_scores = own.loc[leads["lead_id"]].to_numpy()
        months = leads["month"].to_numpy()
        ranks = stat.ranking(labels, scores, live_scores, months)
        newest_from = newest_month(leads)
        is_newest = months >= newest_from
        newest = stat.ranking(
            labels[is_newest], scores[is_newest], live_scores[is_newest], months[is_newest]
        )
        figures = outcomes_of(leads)
        of_bands = [row for key, row in calibrated.items() if key[0] == scorecard]
        expected = sum(row["expected_conversions"] for row in of_bands)
        recent = sum(row["recent_conversions"] for row in of_bands)
        recent_leads = sum(row["recent_leads"] for row in of_bands)
        variance = sum(
            spread(row["recent_leads"], row["expected_rate"], row["past_leads"]) for row in of_bands
        )
        rows[(scorecard,)] = {
            "horizon_days": HORIZON,
            "leads": figures["known_leads"],
            "conversions": figures["conversions"],
            "conversion_rate": figures["conversion_rate"],
            "censored_leads": len(group) - len(leads),
            "unseen_leads": len(leads),
            "unseen_conversions": int(labels.sum()),
            "auc": ranks.auc,
            "live_auc": ranks.other,
            "auc_difference": ranks.difference,
            **ends(ranks.auc, ranks.half, "auc", 1),
            **ends(ranks.difference, ranks.half_of_difference, "difference", 2),
            "newest_auc": newest.auc,
            "newest_difference": newest.difference,
            **ends(newest.auc, newest.half, "newest_auc", 1),
            **ends(newest.difference, newest.half_of_difference, "newest_difference", 2),
            "newest_from": newest_from,
            "fitted_until": None,
            "ks": stat.kolmogorov_smirnov(labels, scores),
            "top_decile_lift": stat.top_decile_lift(labels, scores, months),
            "expected_conversions": expected,
            "recent_conversions": recent,
            "calibration_error": sum(
                abs(row["recent_conversions"] - row["expected_conversions"]) for row in of_bands
            )
            / recent_leads,
            "calibration": calibration_word(
                recent, expected, variance, recent_leads,
                sum(row["past_conversions"] for row in of_bands),
            ),
        }  # fmt: skip
    return rows


def drift_of_scores(frames: Frames) -> Rows:
    """score_drift, the rows about scores."""
    rows: Rows = {}
    for scorecard, group in frames.scored.groupby("scorecard"):
        every_band = sorted(group["band"].unique())
        for month, of_month in group.groupby("month"):
            past = group[group["month"] < month]
            figures = outcomes_of(of_month)
            known = of_month[of_month["known"] == 1]
            counts = [
                frame["band"].value_counts().reindex(every_band, fill_value=0).to_numpy()
                for frame in (of_month, past)
            ]
            expected = variance = 0.0
            for band, of_band in of_month.groupby("band"):
                of_past = past[past["band"] == band]
                rate = expected_rate(of_past, past)
                leads = int(of_band["known"].sum())
                if rate is not None:
                    expected += leads * rate
                    variance += spread(leads, rate, int(of_past["known"].sum()))
            has_past = past["known"].sum() > 0
            rows[scorecard, "*", month] = {
                "leads": len(of_month),
                "past_leads": len(past),
                "psi": stat.divergence(*map(stat.smoothed, counts)) if len(past) else None,
                "psi_by_chance": (len(every_band) - 1) * (1 / len(of_month) + 1 / len(past))
                if len(past)
                else None,
                "mean_score": float(np.mean(of_month["total_score"])),
                "known_leads": figures["known_leads"],
                "conversions": figures["conversions"],
                "conversion_rate": figures["conversion_rate"],
                "auc": stat.area(known["converted"].to_numpy(), known["ranking"].to_numpy()),
                "expected_conversions": expected if has_past else None,
                "calibration": calibration_word(
                    figures["conversions"], expected, variance, figures["known_leads"],
                    int(past["converted"].sum()),
                ),
            }  # fmt: skip
    return rows
