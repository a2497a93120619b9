"""The sections about predictions: whether what they promise comes, and how each of them stands."""

from __future__ import annotations

from collections.abc import Sequence

from lead_scoring.databases import Row
from lead_scoring.pages.charts import INTERVAL, Bar, BarChart, bars
from lead_scoring.project import called
from lead_scoring.review.figures import DRIFT, STANDINGS, Figures, real, share
from lead_scoring.review.section import (
    Mark,
    Section,
    count,
    decimals,
    listed,
    percent,
    table,
    words,
)

CALIBRATION = "likelihood_calibration"
MONTHS = 14  # that are shown, the latest
MOST_FEATURES = 10  # whose drift is drawn
FEWEST_LEADS = 30  # of a month, for its rate to be drawn as one to go by


def sections(figures: Figures) -> Sequence[Section]:
    """Returns the sections about predictions; none where there is no prediction."""
    found = []
    if figures[CALIBRATION]:
        found.append(promises(figures))
    if figures[STANDINGS]:
        found.append(standings(figures))
    return found


def promises(figures: Figures) -> Section:
    """Whether what each prediction promised came, month by month."""
    rows = figures[CALIBRATION]
    status = {row["prediction"]: row["status"] for row in figures[STANDINGS]}
    names = list(dict.fromkeys(row["prediction"] for row in rows))
    names.sort(key=lambda name: (status.get(name) != "live", name))
    months = {name: [row for row in rows if row["prediction"] == name] for name in names}
    said = [_promise(name, months[name], status.get(name) == "live") for name in names]
    marks = [mark for mark, _ in said]
    mark = next(one for one in (Mark.act, Mark.fine, Mark.unknown) if one in marks)
    lines = [
        (
            words(row["prediction"]),
            f"{row['month']:%Y-%m}",
            count(row["known_leads"]),
            decimals(row["expected_conversions"], 1),
            count(row["conversions"]),
            decimals(row["promised_ratio"]),
            f"{decimals(row['promised_ratio_low'])} to {decimals(row['promised_ratio_high'])}"
            if row["promised_ratio_high"] is not None
            else "-",
            str(row["verdict"]),
            decimals(row["auc"], 3),
            decimals(row["scorecard_auc"], 3),
            count(row["leads_learnt_from"]),
            count(row["censored_leads"]),
            count(row["unknown_leads"]),
        )
        for name in names
        for row in months[name][-MONTHS:]
    ]
    columns = (
        *("prediction", "month", "leads", "promised", "came", "promised / came", "95 % sure"),
        *("verdict", "AUC", "AUC of the score", "it learnt from", "too young", "unknown"),
    )
    return Section(
        "likelihood",
        "Does the likelihood come true?",
        mark,
        " ".join(sentence for one, sentence in said if one is mark),
        "Of the leads of a month the likelihoods add up to how many are promised; beside it stands "
        "how many came within the prediction's own horizon. Each lead counts once a month, with "
        "what was known then, so that a win may count in several months. Leads that the prediction "
        "learnt from are left out: of those it knows the answer.",
        tuple(_chart(name, months[name]) for name in names if _known(months[name])),
        table(columns, lines, most=4 * MONTHS),
    )


def _known(rows: Sequence[Row]) -> int:
    return sum(row["known_leads"] for row in rows)


def _promise(name: str, rows: Sequence[Row], is_live: bool) -> tuple[Mark, str]:
    """What is to be done about one prediction, and a sentence that says it."""
    known = _known(rows)
    off = next((row for row in rows if row["is_off_since"]), None)
    first = next((row for row in rows if row["known_leads"]), None)
    if off is not None:
        use = "forecast by" if is_live else "approve"
        return Mark.act, (
            f"Do not {use} {words(name)} before it is trained anew ({called('train')}): "
            f"{off_since(off)}."
        )
    if first is not None and first["verdict_since"] == "holds":
        sums = (
            f"since {first['month']:%B %Y} {decimals(first['expected_conversions_since'], 0)} were "
            f"promised, and {count(first['conversions_since'])} came"
        )
        if is_live:
            return Mark.fine, f"Forecast by {words(name)}: {sums}."
        return Mark.fine, f"Of the challenger {words(name)} {sums}."
    learnt = sum(row["leads_learnt_from"] for row in rows)
    young = sum(row["censored_leads"] for row in rows)
    return Mark.unknown, (
        f"Wait for more outcomes before you forecast by {words(name)}: {count(known)} leads are "
        f"known that it did not learn from, {count(young)} are too young and {count(learnt)} are "
        "those it learnt from."
    )


def off_since(row: Row) -> str:
    """Returns since when, and by how much, a prediction is off, in words.

    row: that of likelihood_calibration which is_off_since.
    """
    since = f"since {row['month']:%B %Y}"
    expected, came = float(row["expected_conversions_since"]), int(row["conversions_since"])
    figures = f"{expected:,.0f} promised, {count(came)} came"
    if came == 0:
        return f"{since} nothing comes of what it promises ({figures})"
    if expected > came:
        return f"{since} it promises {expected / came:.1f} times what comes ({figures})"
    if expected == 0:
        return f"{since} it promises nothing, and some come ({figures})"
    return f"{since} {came / expected:.1f} times as much comes as it promises ({figures})"


def _chart(name: str, rows: Sequence[Row]) -> BarChart:
    return bars(
        [
            Bar(
                f"{row['month']:%Y-%m}",
                float(row["conversion_rate"]),
                f"{percent(row['conversion_rate'])} of {count(row['known_leads'])}",
                real(row["rate_low"]),
                real(row["rate_high"]),
                share(row["expected_conversions"], row["known_leads"]),
                is_faint=row["known_leads"] < FEWEST_LEADS,
            )
            for row in rows[-MONTHS:]
            if row["known_leads"]
        ],
        f"{words(name)}: came",
        "promised",
        interval=INTERVAL,
    )


def standings(figures: Figures) -> Section:
    """How each prediction stands, since when, and on what figures."""
    found = sorted(
        figures[STANDINGS],
        key=lambda row: (("live", "challenger", "off").index(row["status"]), row["prediction"]),
    )
    mark, todo = _advice(found)
    lines = [
        (
            words(row["prediction"]),
            str(row["status"]),
            _why(row),
            f"to be {row['foretells']} within {row['horizon_days']} days",
            f"{row['trained_until']:%Y-%m-%d}" if row["trained_until"] else "-",
            f"{count(row['leads_with'])} of {count(_together(row))}",
            _area(row),
            decimals(row["scorecard_auc"], 3),
            decimals(row["calibration_slope"]),
            decimals(row["calibration_error"], 3),
            decimals(row["psi"], 3),
        )
        for row in found
    ]
    columns = (
        *("prediction", "stands as", "why", "it foretells", "trained until", "leads with it"),
        *("AUC, 95 % sure", "AUC of the score", "slope", "error", "PSI"),
    )
    return Section(
        "predictions",
        "Which predictions count?",
        mark,
        todo,
        "A live prediction is approved as it stands, passes its gate, and is switched off where "
        "today's open leads are too unlike those of its training: where PSI, the population "
        "stability index, of the likelihood itself reaches the limit. Below 0.1 nothing changed to "
        "speak of. AUC, the slope of the calibration (1 is right) and its error are those of "
        "training, on leads later than the fit.",
        tuple(_drift(row, drift) for row in found if (drift := _drift_of(row, figures))),
        table(columns, lines),
        tuple(
            (f"Model card of {words(row['prediction'])}", figures.cards[row["prediction"]])
            for row in found
            if row["prediction"] in figures.cards
        ),
    )


def _advice(found: Sequence[Row]) -> tuple[Mark, str]:
    live = [row for row in found if row["status"] == "live"]
    drifted = [row for row in found if row["switched_off_at"] is not None]
    wanted = [
        row
        for row in found
        if row["status"] == "challenger"
        and row["not_live_because"] != "its row says so"
        and row not in drifted
    ]
    if drifted:
        row = drifted[0]
        return Mark.act, (
            f"Train {words(row['prediction'])} anew ({called('train')}), or find out what changed "
            f"and approve it again: it is switched off since {row['switched_off_at']:%Y-%m-%d}, "
            f"since the leads are no longer like those it learnt from (PSI "
            f"{decimals(row['psi'])} now)."
        )
    if wanted:
        row = wanted[0]
        return Mark.act, (
            f"See to {words(row['prediction'])}, which is to be live and is not: "
            f"{row['not_live_because']}."
        )
    if live:
        who = listed([f"{words(row['prediction'])} ({_approval(row)})" for row in live])
        return Mark.fine, f"Nothing to do: live is {who}."
    tried = [words(row["prediction"]) for row in found if row["status"] == "challenger"]
    if tried:
        return Mark.unknown, (
            f"Look at what {listed(tried)} would have said before you approve it "
            f"({called('approve')}): nothing is decided by a challenger."
        )
    return Mark.unknown, "Leave them: all are switched off."


def _approval(row: Row) -> str:
    return f"approved by {row['approved_by']} on {row['approved_at']:%Y-%m-%d}"


def _why(row: Row) -> str:
    if row["status"] == "live":
        return f"{_approval(row)}: {row['purpose']}" if row["purpose"] else _approval(row)
    if row["switched_off_at"] is not None:
        return f"{row['not_live_because']}, {row['switched_off_at']:%Y-%m-%d}"
    return str(row["not_live_because"])


def _together(row: Row) -> int | None:
    if row["leads_with"] is None or row["leads_without"] is None:
        return None
    return int(row["leads_with"] + row["leads_without"])


def _area(row: Row) -> str:
    if row["auc_low"] is None:
        return decimals(row["auc"], 3)
    low, high = decimals(row["auc_low"], 3), decimals(row["auc_high"], 3)
    return f"{decimals(row['auc'], 3)} ({low} to {high})"


def _drift_of(row: Row, figures: Figures) -> list[Row]:
    return [one for one in figures[DRIFT] if one["prediction"] == row["prediction"]]


def _drift(row: Row, of_prediction: Sequence[Row]) -> BarChart:
    whole = [one for one in of_prediction if one["feature"] == "*"]
    features = [one for one in of_prediction if one["feature"] != "*"]
    return bars(
        [
            Bar(
                "the likelihood itself" if one["feature"] == "*" else words(one["feature"]),
                float(one["psi"] or 0),
                decimals(one["psi"], 3),
                tick=real(one["psi_limit"]),
            )
            for one in [*whole, *features[:MOST_FEATURES]]
        ],
        f"PSI of {words(row['prediction'])} and of what it looks at",
        "limit",
    )
