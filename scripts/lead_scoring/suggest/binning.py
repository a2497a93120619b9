"""Groups what is known of leads into bins that rules can state, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from lead_scoring.rules.rule_set import plain
from lead_scoring.suggest.candidate_kinds import Numbers, Values
from lead_scoring.suggest.card import Bin, Binned, Source, When
from lead_scoring.suggest.sample import Flags, Real, Whole

MOST_BINS = 6
MOST_GROUPS = 5
LEAST_SHARE = 0.03  # of rows, in a bin of numbers
LEAST_SHARE_OF_GROUP = 0.01
FEWEST_ROWS = 25
ROWS_OF_PRIOR = 10.0  # average rows added to each bin: a few rows prove little
GAIN_OF_FREE_BINS = 1.3  # bins that rise and fall must tell so many times as much
FEWEST_ROWS_OF_REST = 5


@dataclass(frozen=True)
class _Part:
    """A bin before its evidence is known."""

    when: When
    operator: str
    value: str
    words: str
    min_count: int = 1


def bin_values(candidate: Values, label: Flags, train: Flags) -> Binned | None:
    """Groups texts that convert alike; None where there are not two groups.

    label, train: of every row; only rows of `train` decide. A row with several values is of the
    group that converts best.
    """
    source = candidate.source
    rate = float(np.mean(label[train]))
    rates = {}
    for value, rows in candidate.has_value.items():
        known = rows & train
        count = int(known.sum())
        if count >= FEWEST_ROWS_OF_REST:
            converted = int((known & label).sum())
            rates[value] = (converted + ROWS_OF_PRIOR * rate) / (count + ROWS_OF_PRIOR)
    if not rates:
        return None
    places = np.full(len(label), -1, dtype=np.int64)
    ranked = sorted(rates, key=lambda value: (rates[value], value))
    for value in ranked:
        places[candidate.has_value[value]] = ranked.index(value)  # the best value comes last
    inside = train & (places >= 0)
    groups = _groups_of_rates(
        np.array([rates[value] for value in ranked]),
        _counted(places[inside], label[inside], len(ranked)),
        int(train.sum()),
    )
    members = [
        [value for value, group in zip(ranked, groups, strict=True) if group == one]
        for one in sorted(set(groups), reverse=True)
    ]
    when = When.event if source.event_type else When.attribute
    parts = [
        _Part(
            when,
            "equals" if len(values) == 1 else "in",
            "|".join(sorted(values)),
            f"{source.words}: {', '.join(sorted(values))}",
        )
        for values in members
    ]
    bins_of_rows = np.full(len(label), -1, dtype=np.int64)
    order = {group: place for place, group in enumerate(sorted(set(groups), reverse=True))}
    of_value = np.array([order[group] for group in groups])
    bins_of_rows[places >= 0] = of_value[places[places >= 0]]
    return _with_rest(source, parts, bins_of_rows, candidate.is_present, label, train)


def bin_numbers(candidate: Numbers, label: Flags, train: Flags) -> Binned | None:
    """Cuts numbers where conversion changes; None where nothing is gained by it.

    Counts of events rise or fall throughout; other numbers may rise and fall where that tells
    much more.
    """
    cuts = _cuts(candidate, label, train)
    source = candidate.source
    parts = []
    when = When.event if source.event_type else When.attribute
    for cut in reversed(cuts):
        text = _plain(cut)
        if candidate.is_count:
            words = f"{source.words}: {text} or more"
            parts.append(_Part(when, "", "", words, int(cut)))
        else:
            parts.append(_Part(when, "gte", text, f"{source.words}: {text} or more"))
    # The bin of the highest cut comes first. What is below all of them is in none, as is no number.
    bins = len(cuts) - np.searchsorted(cuts, candidate.distinct, side="right")
    bins[(bins == len(cuts)) | np.isnan(candidate.distinct)] = -1
    bins_of_rows = bins[candidate.places]
    return _with_rest(source, parts, bins_of_rows, candidate.is_present, label, train)


def information(bins: Sequence[Bin]) -> float:
    """The information value: how much the bins tell in all."""
    with_label = sum(one.rows * one.rate for one in bins)
    without = sum(one.rows for one in bins) - with_label
    if not with_label or not without:
        return 0.0
    return sum(
        (one.rows * one.rate / with_label - one.rows * (1 - one.rate) / without) * one.weight
        for one in bins
    )


def _cuts(candidate: Numbers, label: Flags, train: Flags) -> list[float]:
    """Numbers from which on a bin begins, in their order; every one is a number that occurs."""
    known = ~np.isnan(candidate.distinct)
    numbers = candidate.distinct[known]
    places = candidate.places[train]
    counts = _counted(places, label[train], len(candidate.distinct))[:, known]
    least = max(FEWEST_ROWS, int(LEAST_SHARE * len(places)))
    if counts.sum() < 2 * least or not counts.sum(axis=1).all():
        return []
    best: tuple[float, list[float]] = (0.0, [])
    for direction in (1, -1, 0):
        if direction == 0 and candidate.source.event_type:
            continue
        tree = _tree(numbers, counts, least, max_leaf_nodes=MOST_BINS, monotonic_cst=[direction])
        limits = tree.tree_.threshold[tree.tree_.feature >= 0]
        occurring = numbers[counts.sum(axis=0) > 0]
        cuts = sorted({float(occurring[occurring > limit].min()) for limit in limits})
        value = _information_of_cuts(numbers, counts, cuts)
        if value > best[0] * (GAIN_OF_FREE_BINS if direction == 0 else 1):
            best = (value, cuts)
    return best[1]


def _information_of_cuts(numbers: Real, counts: Whole, cuts: list[float]) -> float:
    bins = np.searchsorted(np.array(cuts), numbers, side="right")
    in_bins = np.stack([np.bincount(bins, one, len(cuts) + 1) for one in counts]).astype(np.int64)
    part = _Part(When.attribute, "", "", "")
    return information(
        [_evidence(part, in_bins[:, one], counts.sum(axis=1)) for one in range(len(cuts) + 1)]
    )


def _groups_of_rates(rates: Real, counts: Whole, rows: int) -> list[int]:
    """Cuts values, ordered by their rates, into groups; returns the group of each.

    counts: see _counted. rows: that are trained on, with a value or without.
    """
    least = max(FEWEST_ROWS, int(LEAST_SHARE_OF_GROUP * rows))
    if counts.sum() < 2 * least:
        return [0] * len(rates)
    tree = _tree(rates, counts, least, max_leaf_nodes=MOST_GROUPS)
    leaves = tree.apply(rates.reshape(-1, 1))
    numbers = {leaf: place for place, leaf in enumerate(dict.fromkeys(leaves))}
    return [numbers[leaf] for leaf in leaves]


def _counted(places: Whole, label: Flags, size: int) -> Whole:
    """How many rows without and with the label there are of each distinct value: 2 x size."""
    everyone = np.bincount(places, minlength=size)
    with_label = np.bincount(places[label], minlength=size)
    return np.stack([everyone - with_label, with_label])


def _tree(numbers: Real, counts: Whole, least: int, **options: Any) -> DecisionTreeClassifier:
    """Fits a tree to distinct numbers, each with its rows without and with the label.

    Rows with equal numbers stay together, so a row for each number and label says as much as all
    rows, and takes no longer for a million. least: rows in a leaf.
    """
    is_there = counts > 0
    columns = np.stack([numbers, numbers])[is_there].reshape(-1, 1)
    labels = np.stack([np.zeros(len(numbers)), np.ones(len(numbers))])[is_there]
    tree = DecisionTreeClassifier(
        criterion="entropy",
        # Half a row less: weights are sums of floats.
        min_weight_fraction_leaf=(least - 0.5) / counts.sum(),
        random_state=0,
        **options,
    )
    return tree.fit(columns, labels, sample_weight=counts[is_there])


def _with_rest(
    source: Source,
    parts: list[_Part],
    bins_of_rows: Whole,
    is_present: Flags,
    label: Flags,
    train: Flags,
) -> Binned | None:
    """Adds the bins of all other rows, and the evidence of each."""
    when = When.event if source.event_type else When.attribute
    is_rest, is_absent = (bins_of_rows < 0) & is_present, (bins_of_rows < 0) & ~is_present
    parts = [
        *parts,
        _Part(when, "" if source.event_type else "is_not_empty", "", f"{source.words}: any other"),
        _Part(
            When.no_event if source.event_type else When.attribute,
            "" if source.event_type else "is_empty",
            "",
            f"{source.words}: none",
        ),
    ]
    bins_of_rows = bins_of_rows.copy()
    bins_of_rows[is_rest] = len(parts) - 2
    bins_of_rows[is_absent] = len(parts) - 1
    counts = _counted(bins_of_rows[train], label[train], len(parts))
    if np.count_nonzero(counts.sum(axis=0)) < 2:
        return None
    bins = [
        _evidence(part, counts[:, place], counts.sum(axis=1)) for place, part in enumerate(parts)
    ]
    return Binned(source, tuple(bins), bins_of_rows)


def _evidence(part: _Part, rows: Whole, base: Whole) -> Bin:
    """Returns the bin with its evidence; a bin without rows weighs nothing.

    rows: how many of the bin are without and with the label. base: of all that it is compared
    with.
    """
    all_without, all_with = map(int, base)
    count, converted = int(rows.sum()), int(rows[1])
    weight = 0.0
    if count and all_with and all_without:
        prior = ROWS_OF_PRIOR * all_with / (all_with + all_without)
        odds = (converted + prior) / (count - converted + ROWS_OF_PRIOR - prior)
        weight = float(np.log(odds * all_without / all_with))
    return Bin(
        part.when,
        part.operator,
        part.value,
        part.words,
        count,
        converted / count if count else 0.0,
        weight,
        part.min_count,
    )


def _plain(value: float) -> str:
    return plain(Decimal(repr(value))).replace(",", "")
