"""Reads what each feature was at each moment, as the engine measured it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import duckdb
import numpy as np

from lead_scoring.prediction.features import Feature
from lead_scoring.rules.rule_set import RuleSet
from lead_scoring.suggest.candidate_kinds import Candidate, Numbers, Values
from lead_scoring.suggest.candidates import attribute_candidates
from lead_scoring.suggest.sample import Real, Sample, Whole

MISSING = -1
NEARLY_EQUAL = 0.02  # of the rows: a column that differs from another in fewer says nothing new


@dataclass(frozen=True)
class NumberColumn:
    """A number of every row; NaN: missing."""

    feature: Feature
    numbers: Real = field(repr=False)


@dataclass(frozen=True)
class TextColumn:
    """A text of every row. places: of its value among the frequent ones; one behind the last: it
    is another; MISSING: none. is_listed: whether one condition may list several values.
    """

    feature: Feature
    values: tuple[str, ...]
    places: Whole = field(repr=False)
    is_listed: bool = True


Column = NumberColumn | TextColumn


def read_columns(
    connection: duckdb.DuckDBPyConnection,
    sample: Sample,
    rules: RuleSet,
    features: Sequence[Feature],
    prediction: str,
    without: frozenset[str],
) -> tuple[list[Column], list[str]]:
    """Returns what is known of a sample, whose table sample_rows is there, and what is refused.

    features: those of events that the engine measured for `prediction`. Attributes are read as
    for suggested points. Columns that hardly differ from an earlier one are left out.
    """
    candidates, refused = attribute_candidates(connection, sample, rules, without)
    kinds = {row["attribute"]: row["type"] for row in rules.tables["attributes"]}
    found: list[Column] = []
    for candidate in candidates:
        found += _of_candidate(candidate, kinds[candidate.source.attribute], len(sample.label))
    keys = dict(
        connection.execute(
            "select feature, measure_key from int_lead_scoring__prediction_bins"
            " where prediction = $1 and measure_key is not null",
            [prediction],
        ).fetchall()
    )
    connection.execute(
        "create or replace temp table sample_measures as select measures.measure_key, rows.place,"
        " cast(measures.value as double) as value from int_lead_scoring__prediction_measures"
        " as measures inner join sample_rows as rows using (moment_key)"
        " where measures.value is not null order by measures.measure_key"
    )
    for feature in features:
        numbers = np.full(len(sample.label), np.nan)
        read = connection.execute(
            "select place, value from sample_measures where measure_key = $1", [keys[feature.name]]
        ).fetchnumpy()
        numbers[np.ma.getdata(read["place"])] = np.ma.getdata(read["value"])
        found.append(NumberColumn(feature, numbers))
    return list(_telling(found)), refused


def _of_candidate(candidate: Candidate, kind: str, size: int) -> list[Column]:
    source = candidate.source
    feature = Feature(source.name, source.words, "attribute", source.attribute)
    if isinstance(candidate, Numbers):
        return [NumberColumn(feature, candidate.numbers)]
    if not isinstance(candidate, Values):
        return []
    if kind != "list":
        places = np.full(size, MISSING, dtype=np.int64)
        values = tuple(sorted(candidate.has_value))
        places[candidate.is_present] = len(values)
        for place, value in enumerate(values):
            places[candidate.has_value[value]] = place
        return [TextColumn(feature, values, places, is_listed=kind == "text")]
    found: list[Column] = []
    for value, rows in sorted(candidate.has_value.items()):
        places = np.where(rows, 0, np.where(candidate.is_present, 1, MISSING)).astype(np.int64)
        one = Feature(
            f"{source.name}: {value}",
            f"{source.words}: {value}",
            "attribute",
            source.attribute,
            entry=value,
        )
        found.append(TextColumn(one, (value,), places, is_listed=False))
    return found


def _telling(columns: Iterable[Column]) -> list[Column]:
    """The columns in which rows differ, each but once."""
    found: list[Column] = []
    numbers: list[Real] = []
    for one in columns:
        values = one.places if isinstance(one, TextColumn) else one.numbers
        if len(np.unique(values)) < 2:
            continue
        if isinstance(one, NumberColumn) and not one.feature.is_of_attribute:
            if any(_is_nearly(one.numbers, other) for other in numbers):
                continue
            numbers.append(one.numbers)
        found.append(one)
    return found


def _is_nearly(one: Real, other: Real) -> bool:
    # What counts nothing and what is missing is the same: there was no such event.
    return bool(np.mean(np.nan_to_num(one) != np.nan_to_num(other)) < NEARLY_EQUAL)
