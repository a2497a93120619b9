"""Predictions: their features, bins and bands must fit each other, and a live one be approved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from lead_scoring.project import called
from lead_scoring.rules.checks.conditions import LIKELIHOOD, Condition, check_condition, types_of
from lead_scoring.rules.checks.findings import Finding, Level
from lead_scoring.rules.checks.numbers import mend_of_number
from lead_scoring.rules.checks.references import did_you_mean
from lead_scoring.rules.checks.schema import PREDICTIONS as TABLES
from lead_scoring.rules.checks.tables import Row, RuleTables
from lead_scoring.rules.checks.text import number_of, plain_number
from lead_scoring.rules.checks.values import NUMBERS
from lead_scoring.times import read_time

# Bins of what is no attribute.
OF_NUMBERS = ("lte", "is_empty", "is_not_empty")
# What a measure does not look at.
NOT_LOOKED_AT = {
    "attribute": ("event_type", "within_days", "decay"),
    "age": ("attribute", "event_type", "within_days", "decay"),
    "events": ("attribute",),
    "total": ("decay",),
}
OF_EVENTS = ("attribute", "decay")
# Measures of an attribute, and whose it is.
OF_ATTRIBUTES = {"attribute": "lead", "total": "event"}
# What training writes beside bins.
TRAINED = ("intercept", "leads_with", "leads_without", "fingerprint")
TIMES = {
    "predictions": ("trained_from", "trained_until"),
    "prediction_approvals": ("approved_at",),
}
# Each part of a likelihood has a name, and this is that of what every lead begins with.
INTERCEPT = "intercept"
MOST_NUMBER = Decimal(10**28)
Key = tuple[str, str]  # prediction and feature


def check_predictions(tables: RuleTables) -> Iterator[Finding]:
    """Yields the rows of predictions that cannot be used."""
    for table, columns in TIMES.items():
        for row in tables.rows(table):
            yield from _check_times(row, columns)
    if not tables.are_whole(*TABLES) or not tables.rows("predictions"):
        return
    found = list(_check_rows(tables))
    yield from found
    if not found:
        yield from _check_standings(tables)


def _check_rows(tables: RuleTables) -> Iterator[Finding]:
    bins: dict[Key, list[Row]] = {}
    for row in tables.rows("prediction_bins"):
        bins.setdefault(_key(row), []).append(row)
    features = {_key(row): row for row in tables.rows("prediction_features")}
    with_bins = {prediction for prediction, _ in bins}
    types = types_of(tables)
    for row in features.values():
        yield from _check_feature(tables, row, types)
        if _key(row) not in bins and row.name("prediction") in with_bins:
            yield row.finding(
                "feature",
                "has no bins",
                "Train the prediction again, or remove the feature.",
                Level.RELATION,
            )
    for key, rows in bins.items():
        feature = features.get(key)
        if feature is None:
            yield rows[0].finding(
                "feature",
                "is not in prediction_features for this prediction",
                "Add it there, or correct the name.",
                Level.RELATION,
            )
        else:
            yield from _check_bins(tables, feature, rows, types)
    bands: dict[str, list[Row]] = {}
    for row in tables.rows("prediction_calibration"):
        bands.setdefault(row.name("prediction"), []).append(row)
    for rows in bands.values():
        yield from _check_bands(rows)
    for row in tables.rows("predictions"):
        yield from _check_prediction(row, row.name("prediction") in with_bins, bands)


def _key(row: Row) -> Key:
    return row.name("prediction"), row.name("feature")


def _check_times(row: Row, columns: tuple[str, ...]) -> Iterator[Finding]:
    for column in columns:
        if row.text(column):
            try:
                read_time(row.text(column))
            except ValueError:
                yield row.finding(
                    column, "is no time", "Write it as 2026-06-30, or 2026-06-30T12:00:00Z."
                )


def _check_feature(
    tables: RuleTables, row: Row, types: Mapping[tuple[str, str], str]
) -> Iterator[Finding]:
    measure = row.name("measure")
    if row.name("feature") == INTERCEPT:
        yield row.finding("feature", "is what every lead begins with", "Give it another name.")
    for column in NOT_LOOKED_AT.get(measure, OF_EVENTS):
        if row.text(column):
            yield row.finding(
                column, f"is not looked at by the measure {measure}", "Leave it blank."
            )
    if measure == "trend" and not row.text("within_days"):
        yield row.finding(
            "within_days", "is blank: a trend compares days with as many before", "Fill it in."
        )
    if measure in OF_ATTRIBUTES:
        yield from _check_attribute(tables, row, OF_ATTRIBUTES[measure], types)


def _check_attribute(
    tables: RuleTables, row: Row, of: str, types: Mapping[tuple[str, str], str]
) -> Iterator[Finding]:
    attribute = row.name("attribute")
    known = {
        other.name("attribute"): other.name("known")
        for other in tables.rows("attributes")
        if other.name("of") == of
    }
    if not attribute:
        yield row.finding("attribute", "is blank", "Name the attribute that is looked at.")
    elif attribute == LIKELIHOOD:
        yield row.finding(
            "attribute",
            "is what predictions foretell: it would turn in circles",
            "Name another attribute, or remove the feature.",
        )
    elif known.get(attribute) == "after_contact":
        yield row.finding(
            "attribute",
            "is known after contact alone: it would foretell what is known already",
            "Name another attribute, or remove the feature.",
            Level.RELATION,
        )
    elif (of, attribute) not in types and tables.are_whole("attributes"):
        yield row.finding(
            "attribute",
            f"is not in attributes for {of}",
            "Add it to attributes.csv, or correct the name"
            f"{did_you_mean(attribute, {name: name for name in known})}",
            Level.RELATION,
        )
    elif of == "event" and types.get((of, attribute), "number") not in NUMBERS:
        yield row.finding(
            "attribute",
            "is no number, and no sum can be made of it",
            "Name an attribute of events of the type number or whole.",
            Level.RELATION,
        )


def _check_bins(
    tables: RuleTables, feature: Row, rows: list[Row], types: Mapping[tuple[str, str], str]
) -> Iterator[Finding]:
    attribute = feature.name("attribute")
    is_attribute = feature.name("measure") == "attribute"
    highest = -MOST_NUMBER
    is_all_taken = False
    for row in sorted(rows, key=lambda row: row.decimal("priority") or Decimal(0)):
        operator, number = row.name("operator"), number_of(row.text("value"))
        if is_attribute:
            if attribute != LIKELIHOOD and ("lead", attribute) in types:
                yield from check_condition(
                    tables, Condition(row, "lead", attribute, operator), types
                )
        elif operator not in OF_NUMBERS:
            yield row.finding(
                "operator",
                f"does not fit the measure {feature.name('measure')}",
                f"Write {', '.join(OF_NUMBERS[:-1])} or {OF_NUMBERS[-1]}.",
            )
        elif operator == "lte" and number is None:
            yield row.finding("value", "is no number", mend_of_number(row.text("value")))
        if operator == "is_empty":
            continue
        is_taken = operator == "lte" and number is not None and number <= highest
        if is_all_taken or is_taken:
            yield row.finding(
                "priority",
                "comes after a bin that takes all that this one would",
                "Give the wider bin the higher priority, or remove one of the two.",
                Level.RELATION,
            )
        is_all_taken = is_all_taken or operator == "is_not_empty"
        if operator == "lte" and number is not None:
            highest = max(highest, number)


def _check_bands(rows: list[Row]) -> Iterator[Finding]:
    below: Row | None = None
    for row in sorted(rows, key=lambda row: row.decimal("band") or Decimal(0)):
        values = {
            column: row.decimal(column) or Decimal(0)
            for column in (
                "band", "log_odds_from", "log_odds_until", "probability_from",
                "probability_until", "leads", "won",
            )
        }  # fmt: skip
        if values["log_odds_until"] <= values["log_odds_from"]:
            yield row.finding(
                "log_odds_until", "is not above log_odds_from", "Log-odds rise within a band."
            )
        if values["probability_until"] < values["probability_from"]:
            yield row.finding(
                "probability_until", "is below probability_from", "Probabilities never fall."
            )
        if values["won"] > values["leads"]:
            yield row.finding("won", "is more than leads", "Correct one of the two.")
        wanted = (below.decimal("band") or Decimal(0)) + 1 if below else Decimal(1)
        if values["band"] != wanted:
            yield row.finding(
                "band", "does not follow the band before", f"Write {plain_number(wanted)}."
            )
        if below and values["log_odds_from"] != below.decimal("log_odds_until"):
            yield row.finding(
                "log_odds_from",
                f"is not where the band before ends (row {below.number})",
                f"Write {below.text('log_odds_until')}.",
                Level.RELATION,
            )
        if below and values["probability_from"] < (below.decimal("probability_until") or 0):
            yield row.finding(
                "probability_from",
                f"is below where the band before ends (row {below.number})",
                "Probabilities never fall from band to band.",
                Level.RELATION,
            )
        below = row


def _check_prediction(
    row: Row, has_bins: bool, bands: Mapping[str, list[Row]]
) -> Iterator[Finding]:
    if not has_bins:
        if row.name("status") == "live":
            yield row.finding(
                "status",
                "is live, and the prediction has no bins",
                "Train it, or write challenger.",
                Level.RELATION,
            )
        return
    for column in TRAINED:
        if not row.text(column):
            yield row.finding(column, "is blank, and the prediction has bins", "Train it again.")
    if row.name("prediction") not in bands:
        yield row.finding(
            "prediction",
            "has no band in prediction_calibration",
            "Train it again.",
            Level.RELATION,
        )


def _check_standings(tables: RuleTables) -> Iterator[Finding]:
    # Not needed, and DuckDB not loaded, without predictions.
    from lead_scoring.rules.checks.standings import standings

    found = standings({name: tables[name].spelled_rows for name in TABLES})
    with_bins = tables.names("prediction_bins", "prediction")
    live: dict[str, Row] = {}
    for row in tables.rows("predictions"):
        standing = found.get(row.name("prediction"))
        if standing is None:
            continue
        same = live.setdefault(row.name("scorecard"), row) if standing.status == "live" else row
        if row.name("prediction") in with_bins and not standing.is_as_trained:
            yield row.finding(
                "fingerprint",
                "is not that of the prediction's rows: they were changed since it was trained",
                f"Train it again; to keep the change write {standing.fingerprint}.",
                Level.RELATION,
            )
        elif same is not row:
            yield row.finding(
                "status",
                f"is live beside {same.text('prediction')}, which is for the same scorecard",
                "Write challenger in one of the two rows.",
                Level.RELATION,
            )
        elif standing.status == "live" and standing.approved_at is None:
            yield row.finding(
                "status",
                "is live, and no approval names the prediction as it stands",
                f"Approve it: {called('approve')} {row.text('prediction')}. Or write challenger.",
                Level.RELATION,
            )
        elif standing.status == "live" and standing.gate_failures:
            yield row.finding(
                "status",
                f"is live, and its gate does not hold: {'; '.join(standing.gate_failures)}",
                "Write challenger.",
                Level.RELATION,
            )
