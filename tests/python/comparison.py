"""Compares what a run left with what the oracle says, cell by cell and without tolerance."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from generate.packs import Case, Pack
from oracle import Result
from oracle.results import FAMILIES, FamilyPoints, LeadScore, Likelihood, Reason, Score
from runs import KEYS, SEGMENT_TABLES, Cell, Key, Table, naive, read_query, read_rows, read_tables

SHOWN = 12


@dataclass(frozen=True)
class Difference:
    """One cell (or row, where column is `row`) that differs."""

    table: str
    key: Key
    column: str
    expected: object
    actual: object

    def __str__(self) -> str:
        """One line: where, what the oracle says, what the run says."""
        where = " ".join(str(part) for part in self.key if part is not None)
        sides = (str(side) if self.column != "row" or side == "no row" else "a row"
                 for side in (self.expected, self.actual))  # fmt: skip
        return f"{self.table} [{where}] {self.column}: {' -> '.join(sides)}"


def expected_tables(results: Iterable[Result]) -> dict[str, Table]:
    """The oracle's results as tables like those of `read_tables`; reasons of leads as rule ids."""
    tables: dict[str, Table] = defaultdict(dict)
    for result in results:
        scores = {(score.lead_id, score.scorecard): score for score in result.scores}
        for score in result.scores:
            key = (score.lead_id, score.scorecard, naive(score.as_of))
            tables["scorecard_scores"][key] = score_cells(score)
        for reason in result.reasons:
            place = (reason.lead_id, reason.scorecard, reason.rule_id, naive(reason.as_of))
            tables["score_reasons"][place] = reason_cells(reason)
        for family in result.families:
            key = (family.lead_id, family.scorecard, naive(family.as_of))
            score = scores[family.lead_id, family.scorecard]
            tables["lead_fit_scores"][key] = fit_cells(family, score)
            tables["lead_engagement_scores"][key] = engagement_cells(family, score)
        for lead in result.leads:
            lead_key = (lead.score.lead_id, naive(lead.score.as_of))
            tables["lead_scores"][lead_key] = lead_cells(lead)
        for decay in result.decay:
            place = (decay.lead_id, decay.scorecard, decay.rule_id, naive(decay.as_of))
            tables["lead_decay"][place] = {
                "signal": decay.signal,
                "events": decay.events,
                "points_before_decay": decay.points_before_decay,
                "points_after_decay": decay.points_after_decay,
                "points_lost": decay.points_lost,
                "points_in_7_days": decay.points_in_7_days,
                "points_in_30_days": decay.points_in_30_days,
            }
        for lever in result.levers:
            cells = {field.name: getattr(lever, field.name) for field in fields(lever)}
            place = (*(cells.pop(name) for name in KEYS["lead_levers"][:-1]), naive(lever.as_of))
            tables["lead_levers"][place] = {
                name: cell for name, cell in cells.items() if name != "as_of"
            }
        for likelihood in result.likelihoods:
            key = (likelihood.lead_id, likelihood.prediction, naive(likelihood.as_of))
            tables["lead_likelihoods"][key] = likelihood_cells(likelihood)
            for feature, (log_odds, is_unseen) in likelihood.parts.items():
                place = (likelihood.lead_id, likelihood.prediction, feature, key[-1])
                tables["likelihood_parts"][place] = {"log_odds": log_odds, "is_unseen": is_unseen}
        for account in result.accounts:
            tables["account_scores"][account.account, naive(account.as_of)] = {
                "leads": account.leads,
                "open_leads": account.open_leads,
                "account_score": account.account_score,
                "stage": account.stage,
                "best_lead_id": account.best_lead_id,
                "best_score": account.best_score,
                "active_leads": account.active_leads,
                "buying_roles": account.buying_roles,
                "scorecard": account.scorecard,
                "missing_roles": account.missing_roles,
                "completeness_percent": account.completeness_percent,
                "has_required_roles": account.has_required_roles,
            }
    return tables


def reason_cells(reason: Reason) -> dict[str, Cell]:
    """The cells of `score_reasons`."""
    return {
        "dimension": reason.dimension,
        "signal": reason.signal,
        "family": reason.family,
        "points": reason.points,
    }


def likelihood_cells(likelihood: Likelihood) -> dict[str, Cell]:
    """The cells of `lead_likelihoods`; parts in words are free."""
    return {
        "status": "challenger",
        "fingerprint": likelihood.fingerprint,
        "log_odds": likelihood.log_odds,
        "features_unseen": likelihood.features_unseen,
        "unknown_because": likelihood.unknown_because,
        "band": likelihood.band,
        "probability": likelihood.probability,
        "median_days_to_win": likelihood.median_days,
        "expected_amount": likelihood.expected_amount,
    }


def score_cells(score: Score) -> dict[str, Cell]:
    """The cells of `scorecard_scores`."""
    return {
        "scorecard_status": score.scorecard_status,
        "segment": score.segment,
        "is_own_scorecard": score.is_own_scorecard,
        "fit_points": score.fit_points,
        "engagement_points": score.engagement_points,
        "fit_unrounded": score.fit_unrounded,
        "engagement_unrounded": score.engagement_unrounded,
        "fit_score": score.fit_score,
        "engagement_score": score.engagement_score,
        "total_score": score.total_score,
        "stage": score.stage,
        "temperature": score.temperature,
        "fit_grade": score.fit_grade,
        "engagement_grade": score.engagement_grade,
        "grade": score.grade,
        "is_disqualified": score.is_disqualified,
    }


def fit_cells(family: FamilyPoints, score: Score) -> dict[str, Cell]:
    """The cells of `lead_fit_scores`."""
    points: dict[str, Cell] = {f"{name}_points": family.fit[name] for name in FAMILIES}
    return points | {
        "is_own_scorecard": score.is_own_scorecard,
        "fit_points": score.fit_points,
        "fit_unrounded": score.fit_unrounded,
        "fit_score": score.fit_score,
        "fit_grade": score.fit_grade,
        "fit_coverage": score.fit_coverage,
        "is_disqualified": score.is_disqualified,
    }


def engagement_cells(family: FamilyPoints, score: Score) -> dict[str, Cell]:
    """The cells of `lead_engagement_scores`."""
    points: dict[str, Cell] = {f"{name}_points": family.engagement[name] for name in FAMILIES}
    return points | {
        "is_own_scorecard": score.is_own_scorecard,
        "inactivity_points": family.inactivity,
        "engagement_points": score.engagement_points,
        "engagement_unrounded": score.engagement_unrounded,
        "engagement_score": score.engagement_score,
        "engagement_grade": score.engagement_grade,
    }


def lead_cells(lead: LeadScore) -> dict[str, Cell]:
    """The cells of `lead_scores`; reasons as rule ids."""
    score, last = lead.score, lead.last_activity_at
    reasons: dict[str, Cell] = {}
    for direction, rules in (("up", lead.reasons_up), ("down", lead.reasons_down)):
        for place in range(3):
            name = f"reason_{direction}_{place + 1}"
            reasons[name] = rules[place] if place < len(rules) else None
    shared = score_cells(score)
    for column in ("scorecard_status", "is_own_scorecard", "fit_points", "engagement_points",
                   "fit_unrounded", "engagement_unrounded"):  # fmt: skip
        del shared[column]
    return (
        shared
        | reasons
        | {
            "scorecard": score.scorecard,
            "status": lead.status,
            "fit_coverage": score.fit_coverage,
            "last_activity_at": naive(last) if last else None,
            "account": lead.account,
        }
        | place_cells(lead)
    )


def place_cells(lead: LeadScore) -> dict[str, Cell]:
    """Those cells of `lead_scores` that say where the score stands."""
    total, fit, engagement = lead.missing or (None, None, None)
    return {
        "score_percentile": lead.percentile,
        "events_in_30_days": lead.events_in_30_days,
        "next_stage": lead.next_stage,
        "points_to_next_stage": max(lead.missing) if lead.missing else None,
        "total_missing": total,
        "fit_missing": fit,
        "engagement_missing": engagement,
        "evidence": lead.evidence,
    }


def with_words(expected: Mapping[str, Table], actual: Mapping[str, Table]) -> None:
    """Bring the reasons in `lead_scores` to one form: the words that `score_reasons` has for a
    rule, without the points that `lead_scores` puts behind them."""
    for row in actual["lead_scores"].values():
        for column, text in row.items():
            if column.startswith("reason_") and isinstance(text, str):
                row[column] = re.sub(r" \([+-]?[0-9.,]+\)$", "", text)
    for (lead_id, as_of), row in expected["lead_scores"].items():
        for column, rule_id in row.items():
            if column.startswith("reason_") and rule_id is not None:
                reason = actual["score_reasons"].get((lead_id, row["scorecard"], rule_id, as_of))
                row[column] = reason["reason"] if reason else f"no reason for {rule_id}"


def compare_tables(expected: Mapping[str, Table], actual: Mapping[str, Table]) -> list[Difference]:
    """Rows that one side alone has, and cells that differ; other columns of the run are free."""
    differences = []
    for name in actual:
        ours, theirs = expected.get(name, {}), actual[name]
        for key in sorted(ours.keys() | theirs.keys(), key=repr):
            if key not in theirs:
                differences.append(Difference(name, key, "row", ours[key], "no row"))
            elif key not in ours:
                differences.append(Difference(name, key, "row", "no row", theirs[key]))
            else:
                differences.extend(
                    Difference(name, key, column, value, theirs[key].get(column, "no column"))
                    for column, value in ours[key].items()
                    if theirs[key].get(column, "no column") != value
                )
    return differences


def compare_rest(results: Sequence[Result], database: Path) -> list[Difference]:
    """Segments, quarantine, counts, why a lead is disqualified, and that no rule is invalid."""
    differences = []
    for segment, name in SEGMENT_TABLES.items():
        wanted: Counter[Key] = Counter(
            (lead.score.lead_id, naive(lead.score.as_of))
            for result in results
            for lead in result.leads
            if lead.score.segment == segment
        )
        found = Counter(read_rows(database, name, ["lead_id", "as_of"]))
        differences.extend(compare_counts(name, wanted, found))
    rows = read_rows(database, "quarantined_rows", ["input_table", "row_id", "cause"])
    causes: list[Key] = [(one.input_table, one.row_id, one.cause) for one in results[0].quarantined]
    differences.extend(compare_counts("quarantined_rows", Counter(causes), Counter(rows)))
    invalid = read_rows(
        database, "invalid_rules", ["seed", "row_key", "column_name", "value", "problem"]
    )
    differences.extend(Difference("invalid_rules", row, "row", "no row", "row") for row in invalid)
    because = read_query(database, "select lead_id, as_of, disqualified_because from lead_scores")
    why = {(row["lead_id"], row["as_of"]): row["disqualified_because"] for row in because}
    for result in results:
        for lead in result.leads:
            key = (lead.score.lead_id, naive(lead.score.as_of))
            if key in why and (why[key] is not None) != lead.score.is_disqualified:
                wanted_words = ", ".join(lead.disqualified_because) or None
                differences.append(
                    Difference("lead_scores", key, "disqualified_because", wanted_words, why[key])
                )
    return differences


def compare_fates(result: Result, database: Path) -> list[Difference]:
    """Counts of duplicates, bots, erased and quarantined rows by table (one moment a run)."""
    query = """
        select input_table, fate, cast(sum(row_count) as bigint) as row_count
        from int_lead_scoring__input_counts
        group by input_table, fate
    """
    found = {
        (row["input_table"], row["fate"]): row["row_count"] for row in read_query(database, query)
    }
    return [
        Difference("input_counts", place, "rows", count, found.get(place, 0))
        for place, count in sorted(result.fates.items())
        if found.get(place, 0) != count
    ]


def compare_counts(
    table: str, expected: Counter[tuple[Cell, ...]], actual: Counter[tuple[Cell, ...]]
) -> list[Difference]:
    """Rows of which there are more or fewer than expected."""
    return [
        Difference(table, key, "rows", expected[key], actual[key])
        for key in sorted(expected.keys() | actual.keys(), key=repr)
        if expected[key] != actual[key]
    ]


def compare_run(pack: Pack, results: Sequence[Result], database: Path) -> list[Difference]:
    """Everything that a run of the pack should have, at the instants of the results."""
    expected, actual = expected_tables(results), read_tables(database)
    with_words(expected, actual)
    differences = compare_tables(expected, actual) + compare_rest(results, database)
    return differences + (compare_fates(results[0], database) if len(results) == 1 else [])


def case_of(difference: Difference, cases: Sequence[Case]) -> Case | None:
    """The case that a difference is about: its token is part of every id."""
    words = repr(difference.key).lower()
    return next((case for case in cases if case.token in words), None)


def report(differences: Sequence[Difference], pack: Pack, sides: str = "oracle -> run") -> str:
    """The smallest useful report: what differs how often, then the smallest cases, cell by cell."""
    kinds = Counter((one.table, one.column) for one in differences)
    tokens = {case.token: case for case in pack.cases}
    grouped: defaultdict[str, list[Difference]] = defaultdict(list)
    for one in differences:
        case = case_of(one, pack.cases)
        grouped[case.token if case else ""].append(one)
    lines = [f"{len(differences)} differences in {len(grouped)} cases ({sides})"]
    lines += [f"  {count} x {table}.{column}" for (table, column), count in kinds.most_common()]

    def size(token: str) -> int:
        case = tokens.get(token)
        if case is None:
            return 0
        return sum(map(len, case.inputs.values())) + sum(map(len, case.seeds.values()))

    seen: set[tuple[str, str]] = set()
    for token in sorted(grouped, key=lambda token: (len(grouped[token]), size(token))):
        new = [one for one in grouped[token] if (one.table, one.column) not in seen]
        if new and len(seen) < SHOWN:
            seen.update((one.table, one.column) for one in new)
            lines.append(f"case {token or '(none)'}:")
            lines += [f"  {one}" for one in grouped[token][:SHOWN]]
    return "\n".join(lines)
