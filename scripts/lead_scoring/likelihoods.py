"""Likelihoods beside scores: which of a lead's is shown, and how it is said."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lead_scoring.databases import Queries, Row, rows

CARDS = "cards"  # folder of model cards, in a folder of rule tables
# Of the predictions that are worked out for a lead the first of these is shown: a live one before
# a challenger, one for its own scorecard before one for all leads. So hand-offs look at it, too.
FIRST = "likelihoods.status = 'live' desc, standings.scorecard <> '*' desc, likelihoods.prediction"
TABLES = ("lead_likelihoods", "prediction_standings")


def standings(connection: Queries) -> list[Row]:
    """Returns the predictions that are worked out, live ones first; none where no table has any."""
    found = rows(
        connection,
        "select count(distinct table_name) as many from information_schema.tables"
        " where table_name in (?, ?)",
        TABLES,
    )
    if found[0]["many"] < len(TABLES):  # of an earlier version
        return []
    return rows(
        connection,
        "select * from prediction_standings where status <> 'off'"
        " order by status = 'live' desc, prediction",
    )


def percent(share: float) -> str:
    """Returns a share as a percentage: small ones with a decimal."""
    return f"{100 * share:.1f} %" if share < 0.0995 else f"{100 * share:.0f} %"


def foretold(prediction: Row) -> str:
    """Returns what a prediction foretells, in words: 'to be won within 90 days'."""
    return f"to be {prediction['foretells']} within {prediction['horizon_days']} days"


def card_of(prediction: str, rules: Path) -> Path | None:
    """Returns the model card of a prediction in a folder of rule tables; None: there is none."""
    cards: Sequence[Path] = sorted((rules / CARDS).glob("*.html"))
    return next((card for card in cards if card.stem.lower() == prediction), None)
