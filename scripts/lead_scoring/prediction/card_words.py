"""The sentences and tables of a card, which the page and the Markdown share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lead_scoring.prediction.card import Values, failures_with, use_of
from lead_scoring.prediction.gate import demands
from lead_scoring.review.section import Table

NOBODY = "Nobody has approved it: it is a challenger, and decides nothing."


@dataclass(frozen=True)
class Section:
    """A function of NIST's AI Risk Management Framework, as the card answers it."""

    key: str
    title: str
    sentences: tuple[str, ...]
    tables: tuple[tuple[str, Table], ...]


def sections(values: Values, approvals: Sequence[Mapping[str, str]]) -> list[Section]:
    """Returns the four sections. approvals: of the likelihood as it stands, the latest last."""
    return [
        _govern(values, approvals),
        _map(values),
        _measure(values),
        _manage(values, approvals),
    ]


def summary(values: Values, approvals: Sequence[Mapping[str, str]]) -> tuple[str, str]:
    """Returns whether to use the number, and the mark of that."""
    return use_of(values, failures_with(values, approvals))


def _govern(values: Values, approvals: Sequence[Mapping[str, str]]) -> Section:
    owner = values["owner"] or "Nobody by name"
    said = [
        f"It foretells {values['question']}. It is for the leads of the scorecard "
        f"{values['scorecard']}, and stands beside their score: no point comes from it.",
        f"{owner} answers for the scorecard"
        + (f"; {approvals[-1]['approved_by']} for the likelihood." if approvals else "."),
    ]
    tables = []
    if approvals:
        rows = [
            [row["approved_by"], row["approved_at"], row["purpose"], row["reason"] or "-"]
            for row in approvals
        ]
        tables.append(("Approved", _table(["by", "at", "what for", "reason"], rows)))
    else:
        said.append(NOBODY)
    return Section(
        "govern", "Govern: what it is for, and who answers for it", tuple(said), tuple(tables)
    )


def _map(values: Values) -> Section:
    data, row = values["data"], values["row"]
    leads = data["leads_with"] + data["leads_without"]
    said = [
        f"It was trained on {data['size']} (a lead on a day when it was looked at), of {leads:,} "
        f"leads, from {row['trained_from']} to {row['trained_until']}: {data['leads_with']:,} "
        f"leads with the outcome and {data['leads_without']:,} without. Of the moments "
        f"{_percent(data['share_yes'])} were followed by it.",
        f"People are on record to have dealt with {data['contacted']:,} of these leads. Of the "
        "others nobody knows what they would have said: what was never tried looks like "
        "what failed.",
    ]
    left = {name: count for name, count in data["left_out"].items() if count}
    if left:
        said.append(
            "Moments left out: "
            + "; ".join(f"{count:,} {name}" for name, count in left.items())
            + ". Leads whose horizon is not over are too young to tell."
        )
    if data["record"]:
        said.append(f"Outcomes are on record only {data['record']}.")
    tables = []
    if data["refused"]:
        rows = [list(one.partition(": ")[::2]) for one in data["refused"]]
        tables.append(("Not looked at", _table(["what", "why"], rows)))
    return Section("map", "Map: the data, and their gaps", tuple(said), tuple(tables))


def _measure(values: Values) -> Section:
    forward, folds = values["forward"], values["folds"]
    said, tables = [], []
    if forward is None or forward["areas"] is None:
        said.append(
            "How it would do on later leads cannot be told: there are too few of either answer "
            "among the newest, or all leads came at one instant."
        )
    else:
        area, low, high = forward["areas"]["likelihood"]
        card, card_low, card_high = forward["areas"]["scorecard"]
        said.append(
            f"Fitted to the older 70 % alone, it was tried on the {forward['rows']:,} "
            f"moments of the newest 30 %, from {forward['since']} on. Of each month's pairs of a "
            f"lead with the outcome and one without it ranks {_percent(area)} right (AUC "
            f"{area:.3f}, {low:.3f} to {high:.3f}), and the scorecard {_percent(card)} "
            f"({card_low:.3f} to {card_high:.3f})."
        )
        said.append(_rates(forward))
        said.append(_calibration(forward))
    if folds is not None:
        area, low, high = folds["likelihood"]
        said.append(
            f"By random fifths of the leads, old and new mixed, the AUC is {area:.3f} "
            f"({low:.3f} to {high:.3f}), that of the scorecard {folds['scorecard'][0]:.3f}. "
            "Intervals hold 95 % of the time; moments of one lead count as one."
        )
    if forward is not None and forward["slices"]:
        rows = [
            [
                one["column"],
                one["value"],
                f"{one['rows']:,}",
                _percent(one["foretold"]),
                f"{_percent(one['came'])} ({_percent(one['low'])} to {_percent(one['high'])})",
                f"{one['factor']:.2f}",
                "off" if one["is_off"] else "",
            ]
            for one in forward["slices"]
        ]
        said.append(
            "In slices of the newest leads came / foretold is 1 where it is right; off is what is "
            "beyond a factor of 1.5 and beyond chance."
        )
        names = ["slice", "value", "moments", "foretold", "came", "came / foretold", ""]
        tables.append(
            (
                "Slices of the newest leads",
                _table(names, rows, "moments", "foretold", "came / foretold"),
            )
        )
    return Section("measure", "Measure: how far it is right", tuple(said), tuple(tables))


def _rates(forward: Values) -> str:
    before, after = forward["rate_before"], forward["rate_after"]
    words = (
        f"Of the older moments {_percent(before)} had the outcome, of the newer ones "
        f"{_percent(after)}; foretold were {_percent(forward['mean_foretold'])}."
    )
    if forward["is_broken"]:
        words += (
            " The base rate moved: the level of what is foretold is broken, which counts as a "
            "slice that is off."
        )
    return words


def _calibration(forward: Values) -> str:
    slope = forward["slope"]
    words = (
        f"In ten equal groups what came lay {_percent(forward['error'])} away on average from what "
        "was foretold."
    )
    if slope is not None:
        words += (
            f" In the newest quarter the slope is {slope[0]:.2f} ({slope[1]:.2f} to "
            f"{slope[2]:.2f}): 1 is right, less says that it claims more than it knows."
        )
    return words + (
        f" Its log loss is {forward['log_loss']:.3f}; who foretells the old rate for all has "
        f"{forward['log_loss_of_rate']:.3f}."
    )


def _manage(values: Values, approvals: Sequence[Mapping[str, str]]) -> Section:
    failures = failures_with(values, approvals)
    gate = [
        [one.name, one.found, "yes" if one.holds else f"no: {one.failure}"]
        for one in demands(values["row"], failures)
    ]
    bands = [
        [
            str(place),
            f"{_percent(one['from'])} to {_percent(one['until'])}",
            f"{one['won']:,} of {one['rows']:,}",
            "-" if one["median_days"] is None else f"{one['median_days']:g}",
        ]
        for place, one in enumerate(values["bands"], start=1)
    ]
    said = (
        "It is live only where somebody approved it as it stands, and the gate below holds. A "
        "changed row ends the approval.",
        "Drift switches it off: where today's open leads differ from those of training by a "
        "population stability index above the limit (a setting: 0.25), a test warns and it "
        "counts as a challenger, until somebody approves it anew. It never comes back by itself.",
        "It says unknown, and no number, of a lead that is not from "
        f"{values['first_age']:,} to {values['last_age']:,} days old, since it learnt from such "
        "leads; of one whose values it hardly ever saw in training, where these make up more than "
        "a fifth of what it can weigh; and of all, where it was trained on fewer than 100 leads of "
        "either answer.",
        "Limits: it tells how often leads like this one had the outcome, not what would happen if "
        "somebody called them. It knows nothing of leads that sales chose not to record. It is no "
        "ground for a decision about a person, such as credit or employment.",
    )
    return Section(
        "manage",
        "Manage: what switches it on and off",
        said,
        (
            ("The gate", _table(["demand", "found", "holds"], gate)),
            (
                "Bands, by the latest moments of training",
                _table(
                    ["band", "likelihood", "had the outcome", "median days"],
                    bands,
                    "band",
                    "median days",
                ),
            ),
        ),
    )


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]], *numbers: str) -> Table:
    return Table(tuple(columns), tuple(tuple(row) for row in rows), frozenset(numbers))


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
