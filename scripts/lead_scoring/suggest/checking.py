"""Whether the engine gives each row what the fit says."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lead_scoring.runs.failures import RunFailed
from lead_scoring.suggest.card import Card
from lead_scoring.suggest.sample import Whole


def expected(card: Card) -> dict[str, Whole]:
    """Returns the scores and points that the engine must give every row for a card."""
    fit, engagement = card.points()
    return {**card.scores(), "fit_points": fit, "engagement_points": engagement}


def checked(found: Mapping[str, Whole], name: str, expected: Mapping[str, Whole]) -> Whole:
    """Returns the total scores. Raises RunFailed where the engine and the fit differ."""
    for column, values in expected.items():
        differing = int(np.sum(found[column] != values))
        if differing:
            raise RunFailed(
                f"The {column} of {differing:,} moments differ between the fit and the database "
                f"for {name}: this is a fault of the program. Nothing was written."
            )
    return found["total_score"]
