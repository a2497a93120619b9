"""Made-up input files with everything that makes outcomes hard to learn from."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np

from lead_scoring.suggest.sample import Flags

AS_OF = "2026-06-30T00:00:00Z"
HORIZON_DAYS = 150
DAYS_AFTER_CREATION = 7
START = datetime(2024, 7, 1, tzinfo=timezone.utc)
OFFSETS = (0, 2, -7)  # hours: the same instants, written in several zones


def write_sample(folder: Path, leads: int = 2400, seed: int = 5) -> None:
    """Writes leads, events and outcomes.

    The base rate rises from 4 % to 55 %. Wins come two to five months after the lead. Sales write
    down budget_authority once they know the outcome, and campaign is a column that no table
    describes. Each lead that will be won reads a page exactly at the instant that a score may
    look at, and another right after it.
    """
    dice = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    lead_rows, event_rows, outcome_rows = [], [], []
    for place in range(leads):
        lead_id = f"L{place:05}"
        created = START + timedelta(days=700 * place / leads, seconds=int(dice.integers(86_400)))
        instant = created + timedelta(days=DAYS_AFTER_CREATION)
        industry = dice.choice(["software", "retail", "banking", "farming"])
        visits, demo = int(dice.poisson(2)), dice.random() < 0.2
        tried, left = dice.random() < 0.3, dice.random() < 0.1
        base = 0.04 + 0.51 * (place / leads)
        log_odds = (
            np.log(base / (1 - base))
            - 1.2
            + 0.35 * visits
            + 1.2 * demo
            + 0.8 * tried
            - 2 * left
            + {"software": 0.8, "retail": 0.0, "banking": 0.4, "farming": -1.0}[str(industry)]
        )
        is_won = dice.random() < 1 / (1 + np.exp(-log_odds))
        lead_rows.append(
            (
                lead_id,
                _written(created, dice),
                _written(instant + timedelta(days=200), dice),
                f"{lead_id.lower()}@company{place}.example",
                industry,
                int(dice.integers(1, 90)),
                dice.choice(["website", "referral", ""]),
                "decides" if is_won else "none",
                "autumn" if is_won else "spring",
                dice.choice(["crm", "crm;warehouse", "warehouse", ""]),
            )
        )
        doings = ["page_viewed"] * visits + ["demo_requested"] * demo
        doings += ["Calculator: used"] * tried + ["unsubscribed"] * left
        moments = [created + timedelta(hours=float(dice.uniform(1, 160))) for _ in doings]
        if is_won:
            doings += ["page_viewed", "page_viewed"]
            moments += [instant, instant + timedelta(seconds=1)]
        event_rows += [
            (f"{lead_id}-{number}", lead_id, doing, _written(moment, dice), f"/page-{number % 3}")
            for number, (doing, moment) in enumerate(zip(doings, moments, strict=True))
        ]
        decided = instant + timedelta(days=float(dice.uniform(60, 145)))
        if is_won:
            outcome_rows.append((lead_id, "won", _written(decided, dice)))
        elif dice.random() < 0.5:
            outcome_rows.append((lead_id, "lost", _written(decided, dice)))
        if place % 100 == 0:
            # won at the very instant, in another zone: no longer open, and nothing to foretell
            outcome_rows.append((lead_id, "won", _written(instant, dice)))
    _write(
        folder / "leads.csv",
        "lead_id,created_at,updated_at,email,industry,employee_count,lead_source,"
        "budget_authority,campaign,technologies",
        lead_rows,
    )
    _write(folder / "events.csv", "event_id,lead_id,event_type,occurred_at,url", event_rows)
    _write(folder / "outcomes.csv", "lead_id,outcome,occurred_at", outcome_rows)


def _written(moment: datetime, dice: np.random.Generator) -> str:
    zone = timezone(timedelta(hours=int(dice.choice(OFFSETS))))
    return moment.astimezone(zone).isoformat()


def _write(path: Path, header: str, rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(header.split(","))
        writer.writerows(rows)


def random_labels(size: int, rate: float, seed: int = 1) -> tuple[Flags, np.random.Generator]:
    dice = np.random.default_rng(seed)
    return dice.random(size) < rate, dice
