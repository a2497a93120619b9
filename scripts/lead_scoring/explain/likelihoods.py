"""Explains likelihoods: the parts that add up to each, beside the score."""

from __future__ import annotations

from rich.console import Console

from lead_scoring.databases import Queries, Row, rows
from lead_scoring.likelihoods import FIRST, foretold, percent, standings
from lead_scoring.terminal import heading, shown, table

VALUES = (
    *("prediction", "status", "foretells", "horizon_days", "probability", "band", "bands"),
    *("unknown_because", "expected_amount", "median_days_to_win", "log_odds"),
)


def likelihoods_of(connection: Queries, score: Row) -> list[Row]:
    """Returns the likelihoods of the lead of a score, each with its `parts`, the strongest first.

    None where there is no prediction, or the lead is not open.
    """
    if not standings(connection):
        return []
    place = [score["lead_id"], score["as_of"]]
    found = rows(
        connection,
        "select likelihoods.*, standings.bands from lead_likelihoods as likelihoods"
        " inner join prediction_standings as standings using (prediction)"
        f" where likelihoods.lead_id = ? and likelihoods.as_of = ? order by {FIRST}",
        place,
    )
    parts = rows(
        connection,
        "select prediction, feature, part, log_odds from likelihood_parts"
        " where lead_id = ? and as_of = ? and log_odds <> 0"
        " order by feature <> 'intercept', abs(log_odds) desc, feature",
        place,
    )
    return [
        {
            **{name: row[name] for name in VALUES},
            "parts": [
                {name: part[name] for name in ("feature", "part", "log_odds")}
                for part in parts
                if part["prediction"] == row["prediction"]
            ],
        }
        for row in found
    ]


def print_likelihoods(console: Console, likelihoods: list[Row]) -> None:
    """Prints likelihoods with all parts that move them."""
    for row in likelihoods:
        trial = "" if row["status"] == "live" else " (a challenger: nothing is decided by it)"
        title = f"How likely {foretold(row)}, by {shown(row['prediction'])}{trial}"
        console.print("", heading(title), _said(row), sep="\n", soft_wrap=True)
        grid = table(["part", "log-odds"], numbers=["log-odds"])
        for part in row["parts"]:
            grid.add_row(shown(part["part"]), shown(part["log_odds"]))
        grid.add_row("together", shown(row["log_odds"]))
        console.print(grid)


def _said(row: Row) -> str:
    if row["probability"] is None:
        return f"unknown: {row['unknown_because']}"
    words = [f"{percent(float(row['probability']))}: band {row['band']} of {row['bands']}"]
    if row["median_days_to_win"] is not None:
        words.append(f"half of those in it took {shown(row['median_days_to_win'])} days or fewer")
    if row["expected_amount"] is not None:
        words.append(f"expected amount {shown(row['expected_amount'])}")
    return ", ".join(words)
