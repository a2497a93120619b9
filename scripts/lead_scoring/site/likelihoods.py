"""Likelihoods on the pages: which predictions there are, their cards, and what lead.js draws."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from lead_scoring.databases import Queries, rows
from lead_scoring.likelihoods import CARDS, card_of, foretold, standings
from lead_scoring.rules.files import SEEDS

MOST_PARTS = 8  # of a likelihood, the strongest; the others are one sum


@dataclass(frozen=True)
class Prediction:
    """A prediction that pages show. card: the address of its model card; None: it has none."""

    name: str
    words: str  # what it foretells
    foretells: str
    is_live: bool
    bands: int | None
    card: str | None


# What lead.js reads of each likelihood, as an array in this order.
FIELDS = (
    *("name", "likelihood", "band", "expected_amount", "median_days", "unknown_because"),
    *("log_odds", "intercept", "parts", "other_parts", "other_log_odds"),
)
WORDS = """
    create or replace temp table site_parts as
    select
        row_number() over (order by prediction, feature, part) - 1 as number,
        prediction, feature, part
    from likelihood_parts
    where as_of = (select as_of from site_run) and feature <> 'intercept'
    group by prediction, feature, part
"""
OF_LEADS = f"""
    create or replace temp table site_likelihoods_of_leads as
    with strengths as (
        select
            parts.lead_id, parts.prediction, site_parts.number, parts.log_odds,
            row_number() over (
                partition by parts.lead_id, parts.prediction
                order by abs(parts.log_odds) desc, parts.feature
            ) as place
        from likelihood_parts as parts
        inner join site_parts using (prediction, feature, part)
        where parts.as_of = (select as_of from site_run) and parts.log_odds <> 0
    ),

    parts as (
        select
            lead_id, prediction, sum(log_odds) as log_odds,
            list(json_array(number, cast(log_odds as double)) order by place)
                filter (place <= {MOST_PARTS}) as items,
            count(*) filter (place > {MOST_PARTS}) as others,
            cast(sum(log_odds) filter (place > {MOST_PARTS}) as double) as log_odds_of_others
        from strengths
        group by lead_id, prediction
    )

    select
        likelihoods.lead_id,
        list(
            json_array(
                likelihoods.prediction, cast(likelihoods.probability as double),
                likelihoods.band, cast(likelihoods.expected_amount as double),
                cast(likelihoods.median_days_to_win as double), likelihoods.unknown_because,
                cast(likelihoods.log_odds as double),
                -- what every lead begins with
                cast(likelihoods.log_odds - coalesce(parts.log_odds, 0) as double),
                parts.items, coalesce(parts.others, 0), parts.log_odds_of_others
            )
            order by likelihoods.place
        ) as items
    from site_likelihoods as likelihoods
    left join parts using (lead_id, prediction)
    group by likelihoods.lead_id
"""
NOTHING = """
    create or replace temp table site_likelihoods_of_leads as
    select null as lead_id, null as items where false
"""


def shown_predictions(connection: Queries, rules: Path | None, site: Path) -> list[Prediction]:
    """Returns the predictions that are worked out, and copies their model cards into the site.

    rules: the folder of rule tables that runs use, in which cards lie.
    """
    found = []
    for row in standings(connection):
        card = card_of(row["prediction"], rules or SEEDS)
        if card is not None:
            (site / CARDS).mkdir(exist_ok=True)
            shutil.copyfile(card, site / CARDS / card.name)
        found.append(
            Prediction(
                name=row["prediction"],
                words=foretold(row),
                foretells=row["foretells"],
                is_live=row["status"] == "live",
                bands=row["bands"],
                card=None if card is None else f"{CARDS}/{quote(card.name)}",
            )
        )
    return found


def prepare_likelihoods(
    connection: Queries, predictions: Sequence[Prediction]
) -> dict[str, object]:
    """Makes the table site_likelihoods_of_leads; returns what lead.js needs to know of it."""
    if not predictions:
        connection.execute(NOTHING)
        return {}
    connection.execute(WORDS)
    connection.execute(OF_LEADS)
    return {
        "fields_of_likelihood": FIELDS,
        "predictions": {one.name: vars(one) for one in predictions},
        "parts": [row["part"] for row in rows(connection, "from site_parts order by number")],
    }
