"""Decay factors (contract 4)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cache

from oracle.text import rounded


@dataclass(frozen=True)
class Curve:
    """A decay curve; x is the age, or the gap where the clock is activity, in days."""

    method: str = "none"
    clock: str = "event"
    days: int = 1
    percent: Decimal = Decimal(0)
    grace_days: int = 0
    floor_percent: Decimal = Decimal(0)
    expire_days: int | None = None


def by_method(curve: Curve, x: int) -> Decimal:
    """The factor before floor and expiry, with x' = max(0, x - grace_days), D = days,
    p = percent/100:

    none 1; window 1 if x < D else 0; linear max(0, 1 - x'/D);
    step_linear max(0, 1 - p floor(x'/D)); step_compound (1 - p)^floor(x'/D), with 0^0 = 1;
    half_life 2^(-x'/D).
    """
    later = max(0, x - curve.grace_days)
    steps, rest = divmod(later, curve.days)
    share = curve.percent / 100
    if curve.method == "none":
        return Decimal(1)
    if curve.method == "window":
        return Decimal(1 if x < curve.days else 0)
    if curve.method == "linear":
        return max(Decimal(0), 1 - Decimal(later) / curve.days)
    if curve.method == "step_linear":
        return max(Decimal(0), 1 - share * steps)
    if curve.method == "step_compound":
        return Decimal(1) if steps == 0 else (1 - share) ** steps
    if curve.method == "half_life":
        # Whole powers apart, so that 2^(-13) is exact and its half is rounded away from zero.
        power = -Decimal(2).ln() * rest / curve.days
        return (Decimal(1) if rest == 0 else power.exp()) / Decimal(2) ** steps
    raise ValueError(f"unknown method {curve.method!r}")


@cache
def factor(curve: Curve, x: int) -> Decimal:
    """The decay factor f at x days, rounded to 12 decimals, half away from zero.

    "f = max(f, floor_percent/100), f = 0 once x >= expire_days"
    """
    with localcontext() as context:
        context.prec = 50
        if curve.expire_days is not None and x >= curve.expire_days:
            return Decimal(0)
        return rounded(max(by_method(curve, x), curve.floor_percent / 100), 12)
