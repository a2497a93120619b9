"""Groups what is known of leads into bins that rules can state, each with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from lead_scoring.rule_set import plain
from lead_scoring.suggest.candidates import Numbers, Values
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
    ordered_rates = np.array([rates[value] for value in ranked])
    groups = _groups_of_rates(ordered_rates, places[inside], label[inside], int(train.sum()))
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
    known = train & ~np.isnan(candidate.numbers)
    if known.sum() < 2 * FEWEST_ROWS or len(np.unique(label[known])) < 2:
        cuts: list[float] = []
    else:
        cuts = _cuts(candidate, label, known, int(train.sum()))
    source = candidate.source
    bins_of_rows = np.full(len(label), -1, dtype=np.int64)
    parts = []
    when = When.event if source.event_type else When.attribute
    for place, cut in enumerate(sorted(cuts, reverse=True)):
        text = _plain(cut)
        bins_of_rows[
            (bins_of_rows < 0) & (np.nan_to_num(candidate.numbers, nan=-np.inf) >= cut)
        ] = place
        if candidate.is_count:
            words = f"{source.words}: {text} or more"
            parts.append(_Part(when, "", "", words, int(cut)))
        else:
            parts.append(_Part(when, "gte", text, f"{source.words}: {text} or more"))
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


def _cuts(candidate: Numbers, label: Flags, known: Flags, rows: int) -> list[float]:
    """Numbers from which on a bin begins; every one is a number that occurs."""
    numbers = candidate.numbers[known]
    least = max(FEWEST_ROWS, int(LEAST_SHARE * rows))
    best: tuple[float, list[float]] = (0.0, [])
    for direction in (1, -1, 0):
        if direction == 0 and candidate.source.event_type:
            continue
        tree = DecisionTreeClassifier(
            criterion="entropy",
            max_leaf_nodes=MOST_BINS,
            min_samples_leaf=least,
            monotonic_cst=[direction],
            random_state=0,
        ).fit(numbers.reshape(-1, 1), label[known])
        limits = tree.tree_.threshold[tree.tree_.feature >= 0]
        cuts = sorted({float(numbers[numbers > limit].min()) for limit in limits})
        value = _information_of_cuts(numbers, label[known], cuts)
        if value > best[0] * (GAIN_OF_FREE_BINS if direction == 0 else 1):
            best = (value, cuts)
    return best[1]


def _information_of_cuts(numbers: Real, label: Flags, cuts: list[float]) -> float:
    places = np.searchsorted(np.array(cuts), numbers, side="right")
    return information(
        [
            _evidence(_Part(When.attribute, "", "", ""), places == one, label)
            for one in np.unique(places)
        ]
    )


def _groups_of_rates(rates: Real, places: Whole, label: Flags, rows: int) -> list[int]:
    """Cuts values, ordered by their rates, into groups; returns the group of each."""
    least = max(FEWEST_ROWS, int(LEAST_SHARE_OF_GROUP * rows))
    if len(places) < 2 * least:
        return [0] * len(rates)
    tree = DecisionTreeClassifier(
        criterion="entropy", max_leaf_nodes=MOST_GROUPS, min_samples_leaf=least, random_state=0
    ).fit(rates[places].reshape(-1, 1), label)
    leaves = tree.apply(rates.reshape(-1, 1))
    numbers = {leaf: place for place, leaf in enumerate(dict.fromkeys(leaves))}
    return [numbers[leaf] for leaf in leaves]


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
    if len(np.unique(bins_of_rows[train])) < 2:
        return None
    bins = [
        _evidence(part, (bins_of_rows == place) & train, label & train, label[train])
        for place, part in enumerate(parts)
    ]
    return Binned(source, tuple(bins), bins_of_rows)


def _evidence(part: _Part, rows: Flags, label: Flags, base: Flags | None = None) -> Bin:
    """Returns the bin with its evidence; a bin without rows weighs nothing.

    rows: those of the bin. base: the labels that it is compared with; None: those of all rows.
    """
    base = label if base is None else base
    all_with, all_without = int(base.sum()), int((~base).sum())
    count, converted = int(rows.sum()), int((rows & label).sum())
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
