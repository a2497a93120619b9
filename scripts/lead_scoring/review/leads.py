"""The sections about leads that the score did no justice to, and groups that it treats apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lead_scoring.databases import Row
from lead_scoring.pages.charts import INTERVAL, Bar, bars
from lead_scoring.review.figures import Figures, real, share
from lead_scoring.review.section import (
    Mark,
    Section,
    count,
    decimals,
    listed,
    of_all,
    percent,
    table,
    words,
)

OTHER_REASONS = "(other)"  # in rejected_leads: those that one lead alone has
FEWEST_OF_A_REASON = 5  # rejected leads: a reason in free text that fewer share may name someone
TOO_FEW = "too few to say"
MISSING = "(missing)"


def missed(figures: Figures) -> Section:
    """Won leads that scored low."""
    found = figures["missed_leads"]
    title = "Won, but scored low"
    explains = (
        "Leads below mql at their instant that were won within the horizon, and what they have "
        "more often than leads that scored as low and were not won."
    )
    # A rule is asked for more points only where its own evidence asks for them too.
    evidence = [row for row in figures["rule_evidence"] if row["verdict"] == "raise"]
    raised = {row["rule_id"]: str(row["rule_words"]) for row in evidence}
    traits = [
        {**row, "words": raised.get(row["value"])}
        for row in of_all(figures["missed_lead_traits"])
        if row["is_telling"] and (row["trait"] != "rule" or row["value"] in raised)
    ]
    won = sum(row["conversions"] for row in of_all(figures["score_band_outcomes"]))
    if not found:
        mark = Mark.fine if won else Mark.unknown
        todo = "Nothing to do: no lead that scored low was won." if won else "Wait for wins."
        return Section("missed", title, mark, todo, explains)
    share = f"{count(len(found))} of {count(won)} won leads scored below mql"
    if traits:
        todo = (
            f"Look at {listed([_trait(row) for row in traits])}: {share}, and these are far more "
            "common among them than among other leads with low scores. Whether points should "
            "change say the sections about rules."
        )
        mark = Mark.act
    else:
        todo, mark = f"Read a few of them: {share}, and they share no clear trait.", Mark.act
    chart = bars(
        [
            Bar(
                _trait(row),
                float(row["missed_share"]),
                percent(row["missed_share"]),
                tick=None if row["other_share"] is None else float(row["other_share"]),
            )
            for row in traits[:10]
        ],
        "have it, of missed leads",
        "of others that scored low",
    )
    lines = [
        (
            row["lead_id"],
            words(row["scorecard"]),
            words(row["lead_source"]),
            count(row["total_score"]),
            count(row["days_to_win"]),
            row["reasons"] or "-",
        )
        for row in found
    ]
    columns = ("lead", "scorecard", "source", "score", "days to win", "what it had points for")
    charts = (chart,) if traits else ()
    return Section("missed", title, mark, todo, explains, charts, table(columns, lines, 10))


def _trait(row: Row) -> str:
    if row["trait"] == "rule":
        return f"the rule “{row['words']}”"
    return f"{words(row['trait'])} {words(row['value'])}"


def rejected(figures: Figures) -> Section:
    """Leads that scored high and that sales did not want."""
    found = of_all(figures["rejected_leads"])
    title = "Scored high, but rejected"
    explains = (
        "Leads at mql or above that sales rejected or disqualified, by the reason that sales gave. "
        f"Reasons that fewer than {FEWEST_OF_A_REASON} leads share are added up."
    )
    if not found:
        said = sum(row["accepted_leads"] for row in figures["funnel_conversion"])
        todo, mark = (
            ("Nothing to do: sales rejected none of them.", Mark.fine)
            if said
            else (
                "Record what sales accept and reject: neither is known, so nothing can be said.",
                Mark.unknown,
            )
        )
        return Section("rejected", title, mark, todo, explains)
    named = [row for row in found if row["reason"] != OTHER_REASONS]
    shared = [row for row in named if row["rejected_leads"] >= FEWEST_OF_A_REASON]
    rest = sum(row["rejected_leads"] for row in found if row not in shared)
    of_mqls = sum(float(row["share_of_mqls"] or 0) for row in found)
    if shared:
        first = shared[0]
        todo = (
            f"Talk with sales about “{first['reason']}”: it is {percent(first['share'])} of the "
            f"rejections, and {percent(of_mqls)} of all leads that reached mql are rejected."
        )
        if first["most_common_rule"]:
            todo += (
                f" Most of these leads have the rule “{_words_of(figures, first)}” "
                f"({percent(first['most_common_rule_share'])})."
            )
    else:
        todo = "Ask sales to choose reasons from a list: no reason is shared by five leads."
    chart_rows = [
        Bar(str(row["reason"]), row["rejected_leads"], count(row["rejected_leads"]))
        for row in shared
    ]
    if rest:
        chart_rows.append(Bar("other reasons", rest, count(rest)))
    lines = [
        (
            str(row["reason"]),
            count(row["rejected_leads"]),
            decimals(row["mean_score"], 0),
            words(row["most_common_rule"]),
            percent(row["most_common_rule_share"]),
        )
        for row in shared
    ]
    columns = ("reason", "leads", "mean score", "their most common rule", "have it")
    chart = bars(chart_rows, "rejected leads")
    return Section(
        "rejected",
        title,
        Mark.act,
        todo,
        explains,
        (chart,),
        table(columns, lines) if lines else None,
    )


def _words_of(figures: Figures, rejection: Row) -> str:
    rule = rejection["most_common_rule"]
    found = (row for row in figures["rule_evidence"] if row["rule_id"] == rule)
    return next((str(row["rule_words"]) for row in found), words(rule))


def sources(figures: Figures) -> Section:
    """How good the leads of each source are."""
    found = figures["source_quality"]
    title = "Which sources bring good leads?"
    explains = (
        "Per source, the share of leads that was won within the horizon. The mark is what their "
        "scores made one expect: a bar beyond its mark is a source that the score does not "
        "credit enough."
    )
    known = [row for row in found if row["known_leads"]]
    named = [row for row in known if row["lead_source"] != MISSING]
    if len(named) < 2:
        which = f"all come from {words(named[0]['lead_source'])}" if named else "none is recorded"
        todo = f"Record where leads come from: {which}, so there is nothing to compare."
        return Section("sources", title, Mark.unknown, todo, explains)
    better = [row for row in known if row["verdict"] == "better than average"]
    worse = [row for row in known if row["verdict"] == "worse than average"]
    parts = []
    if better:
        parts.append(f"spend more on {listed([words(row['lead_source']) for row in better])}")
    if worse:
        parts.append(f"question {listed([words(row['lead_source']) for row in worse])}")
    if parts:
        text = " and ".join(parts)
        todo = f"{text[0].upper()}{text[1:]}: they differ from the average beyond chance."
        mark = Mark.act
    elif any(row["verdict"] == "no difference" for row in known):
        todo, mark = "Nothing to do: no source differs from the average beyond chance.", Mark.fine
    else:
        todo, mark = "Wait: no source has outcomes enough.", Mark.unknown
    chart = bars(
        [
            Bar(
                words(row["lead_source"]),
                float(row["conversion_rate"] or 0),
                f"{percent(row['conversion_rate'])} of {count(row['known_leads'])}",
                real(row["rate_low"]),
                real(row["rate_high"]),
                share(row["expected_conversions"], row["known_leads"]),
            )
            for row in known[:15]
        ],
        "converted",
        "expected from the scores",
        interval=INTERVAL,
    )
    lines = [
        (
            words(row["lead_source"]),
            count(row["leads"]),
            decimals(row["mean_score"], 0),
            percent(row["contacted_share"]),
            count(row["conversions"]),
            count(row["won_amount"]),
            count(row["amount_per_lead"]),
            str(row["verdict"]),
        )
        for row in found
    ]
    columns = (
        *("source", "leads", "mean score", "contacted", "won", "amount won", "amount per lead"),
        "against the average",
    )
    return Section("sources", title, mark, todo, explains, (chart,), table(columns, lines))


def slices(figures: Figures) -> Section:
    """Groups that convert more or less often than leads of their scores."""
    every = [row for row in figures["slice_gaps"] if row["known_leads"]]
    # Of an attribute with one value, or none but a missing one, there is nothing to compare.
    values = Counter(row["attribute"] for row in every if row["value"] != MISSING)
    found = [row for row in every if values[row["attribute"]] > 1]
    title = "Does the score treat groups alike?"
    explains = (
        "Leads of one region, company size or kind of e-mail address, against all leads with the "
        "same scores. A group that converts more often than its scores say is scored too low."
    )
    apart = [row for row in found if str(row["verdict"]).startswith("scored too")]
    if apart:
        apart.sort(key=lambda row: -abs(row["gap"]))
        named = [f"{_slice(row)} ({row['verdict']})" for row in apart]
        todo, mark = f"Look at the points of {listed(named)}.", Mark.act
    elif any(row["verdict"] == "no difference" for row in found):
        todo, mark = "Nothing to do: no group converts unlike its scores.", Mark.fine
    elif found:
        todo, mark = "Wait: no group has outcomes enough.", Mark.unknown
    else:
        todo = (
            "Record region, company size or e-mail: without two groups there is nothing to compare."
        )
        mark = Mark.unknown
    chart = bars(
        [
            Bar(
                _slice(row),
                float(row["conversion_rate"] or 0),
                f"{percent(row['conversion_rate'])} of {count(row['known_leads'])}",
                real(row["rate_low"]),
                real(row["rate_high"]),
                real(row["expected_rate"]),
            )
            for row in found
            if row["verdict"] != TOO_FEW
        ],
        "converted",
        "expected from the scores",
        interval=INTERVAL,
    )
    return Section("slices", title, mark, todo, explains, (chart,) if found else ())


def _slice(row: Row) -> str:
    return f"{words(row['attribute'])}: {words(row['value'])}"


def coverage(figures: Figures) -> Section:
    """Whether outcomes are known of low scores too."""
    found = figures["outcome_coverage"]
    title = "Do we hear of low scores too?"
    explains = (
        "Sales speak to few leads with low scores, so those have few chances to be won: part of "
        "what the score seems to foretell it brings about. A share of leads that routing leaves "
        "alone (held out) shows how much."
    )
    leads = sum(row["leads"] for row in found)
    if not leads:
        return Section("coverage", title, Mark.unknown, "Wait for leads.", explains)
    if not sum(row["contacted_leads"] for row in found):
        todo = (
            "Record whom sales speak to (the outcome contacted): without it nobody can tell "
            "whether low scores are won less often or called less often."
        )
        return Section("coverage", title, Mark.unknown, todo, explains)
    low = [row for row in found if 0 <= row["band_from"] < 30]
    contacted = sum(row["contacted_leads"] for row in low) / max(1, sum(r["leads"] for r in low))
    held = sum(row["leads"] for row in found if row["is_held_out"])
    if held:
        todo = (
            f"Keep the holdout: {count(held)} leads are left out of routing. Compare the rates of "
            "the table below."
        )
        mark = Mark.fine
    else:
        todo = (
            "Hold some leads out of routing (variable lead_scoring_holdout_percent): "
            f"{percent(contacted)} of the leads below 30 were ever spoken to, and nothing shows "
            "how many of the others would have bought."
        )
        mark = Mark.act
    chart = bars(
        [
            Bar(
                f"{row['band']}{', held out' if row['is_held_out'] else ''}",
                float(row["contacted_share"] or 0),
                f"{percent(row['contacted_share'])} of {count(row['leads'])}",
            )
            for row in found
        ],
        "ever spoken to",
    )
    lines = [
        (
            f"{row['band']}{', held out' if row['is_held_out'] else ''}",
            count(row["leads"]),
            percent(row["contacted_share"]),
            percent(row["conversion_rate"]),
            percent(row["contacted_conversion_rate"]),
        )
        for row in found
    ]
    columns = ("score", "leads", "spoken to", "converted", "converted, of those spoken to")
    return Section("coverage", title, mark, todo, explains, (chart,), table(columns, lines, 30))


def sections(figures: Figures) -> Sequence[Section]:
    """Returns the sections about leads and groups."""
    return [
        missed(figures),
        rejected(figures),
        sources(figures),
        slices(figures),
        coverage(figures),
    ]
