"""The oracle: inputs and rules to every table, at any instant, in plain exact arithmetic."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from oracle.accounts import Member, account_of_members
from oracle.buying_groups import effective_roles, first_role
from oracle.conditions import all_hold
from oracle.counting import award_of, points_left
from oracle.derived import account_of
from oracle.history import Histories, LeadState
from oracle.levers import attributes_pulled, events_pulled
from oracle.likelihoods import likelihood_of, read_predictions
from oracle.people import meet_people
from oracle.places import events_in_30_days, place_of, with_percentiles
from oracle.points import Given, Moment, Points, points_of
from oracle.results import (
    FAMILIES,
    Decay,
    FamilyPoints,
    LeadScore,
    Lever,
    Quarantined,
    Reason,
    Result,
)
from oracle.results import Score as ScoreRow
from oracle.rows import REQUIRED, InputTable, Row, read_rows
from oracle.rule_types import BuyingRole, Scorecard
from oracle.scores import coverage_of, label_of, share_of_100, total_of, whole
from oracle.settings import Settings
from oracle.tables import Rulebook, RuleTables, effective, effective_thresholds


class Oracle:
    """Inputs and rules read once; `at` may be asked for many instants."""

    def __init__(
        self,
        inputs: Mapping[str, InputTable],
        rules: RuleTables,
        settings: Settings | None = None,
    ) -> None:
        """Read inputs (rows by table name, as from CSV) and rule tables (rows by seed name)."""
        self.settings = settings or Settings()
        self.zone = ZoneInfo(self.settings.time_zone)
        self.rulebook = Rulebook(rules)
        self.tables = {
            name: read_rows(name, inputs.get(name, ()), self.settings.clock) for name in REQUIRED
        }
        self.people = meet_people(self.tables["leads"], self.tables["lead_merges"])
        self._histories = Histories(self.tables, self.people, self.rulebook, self.settings)
        self._own_rules = {
            card.scorecard: (
                effective(self.rulebook.fit_rules, card.scorecard),
                effective(self.rulebook.engagement_rules, card.scorecard),
                effective(self.rulebook.inactivity_rules, card.scorecard),
                effective_thresholds(self.rulebook.thresholds, card.scorecard),
            )
            for card in self.rulebook.scorecards
        }
        self._predictions = read_predictions(rules)
        self._roles = {
            card.scorecard: effective_roles(self.rulebook.buying_roles, card.scorecard)
            for card in self.rulebook.scorecards
        }

    def cause_of(self, row: Row) -> str | None:
        """Why a row is quarantined; None where it is not. An erased lead's rows never are."""
        lead_id = row.get("lead_id")
        if lead_id is not None and self._is_erased(row, lead_id):
            return None
        if row.own_cause is not None:
            return row.own_cause
        if row.table == "lead_merges":
            return self.people.merge_causes.get(row)
        if lead_id is not None and self.people.survivor(lead_id) is None:
            return "unknown lead"
        return None

    def _is_erased(self, row: Row, lead_id: str) -> bool:
        """Usable events and outcomes of an erased lead that was merged stay with a living
        survivor; no other row of an erased lead is used or quarantined."""
        if row.table in ("events", "outcomes") and row.own_cause is None:
            return self.people.survivor(lead_id) in self.people.deleted
        return self.people.is_erased(lead_id)

    def at(self, as_of: datetime, lead_ids: Collection[str] | None = None) -> Result:
        """Every table at `as_of`; only of some leads if they are given (accounts: of all)."""
        result = Result()
        self._count_rows(result)
        result.clocks_ahead = self._histories.clocks_ahead(as_of)
        members: defaultdict[str, list[Member]] = defaultdict(list)
        for state in self._histories.at(as_of, result.fates):
            if lead_ids is None or state.lead_id in lead_ids:
                self._score_lead(state, result, members)
        result.leads = with_percentiles(result.leads)
        thresholds = self._own_rules[self._catch_all().scorecard][3] if members else ()
        result.accounts = [
            account_of_members(account, leads, as_of, thresholds, self._roles, self.settings)
            for account, leads in members.items()
        ]
        return result

    def _catch_all(self) -> Scorecard:
        """ "exactly one live scorecard without audience" """
        return next(
            card for card in self.rulebook.scorecards if card.status == "live" and not card.audience
        )

    def states(self, as_of: datetime) -> list[LeadState]:
        """What was known of each lead at `as_of`."""
        return self._histories.at(as_of, Counter())

    def _count_rows(self, result: Result) -> None:
        for table, rows in self.tables.items():
            for row in rows:
                cause = self.cause_of(row)
                lead_id = row.get("lead_id")
                if lead_id is not None and self._is_erased(row, lead_id):
                    result.fates[table, "erased"] += 1
                elif cause is not None:
                    result.fates[table, "quarantined"] += 1
                    result.quarantined.append(Quarantined(table, row.row_id, cause))

    def _score_lead(
        self, state: LeadState, result: Result, members: defaultdict[str, list[Member]]
    ) -> None:
        moment = Moment(state, self.rulebook, self.zone)
        cards, own = self._cards(moment)
        for card in cards:
            fit, engagement, inactivity, _ = self._own_rules[card.scorecard]
            points = points_of(moment, fit, engagement, inactivity)
            score = self._score(moment, card, points, card is own)
            result.scores.append(score)
            result.reasons.extend(reasons_of(state, card, points))
            result.families.append(families_of(state, card, points))
            result.decay.extend(self._decay(moment, card, points))
            if card is own:
                lead = self._lead_score(moment, points, score)
                result.leads.append(lead)
                result.likelihoods.extend(
                    likelihood_of(prediction, moment)
                    for prediction in self._predictions
                    if state.status == "open" and prediction.scorecard in ("*", card.scorecard)
                )
                if lead.account is not None:
                    members[lead.account].append(self._member(moment, card, lead))
                if lead.status == "open" and not score.is_disqualified:
                    result.levers.extend(self._levers(moment, card, points, score))

    def _cards(self, moment: Moment) -> tuple[list[Scorecard], Scorecard]:
        """The scorecards that score a lead, and its own."""
        kinds = {name: one.type for name, one in self.rulebook.lead_attributes.items()}
        cards = [
            card
            for card in self.rulebook.scorecards
            if card.status in ("live", "challenger")
            and all_hold(card.audience, kinds, moment.texts, moment.surroundings)
        ]
        live = (card for card in cards if card.status == "live")
        return cards, min(live, key=lambda one: one.priority)

    def _levers(
        self, moment: Moment, card: Scorecard, points: Points, score: ScoreRow
    ) -> list[Lever]:
        """Each lever that changes points, the best first."""
        fit, engagement, _, _ = self._own_rules[card.scorecard]
        found: list[tuple[tuple[bool, int, Decimal, str, str], Lever]] = []
        for pulled in (
            *events_pulled(moment, engagement, self.settings),
            *attributes_pulled(moment, fit),
        ):
            then = Moment(pulled.state, self.rulebook, self.zone)
            _, own = self._cards(then)
            more = points_of(then, *self._own_rules[own.scorecard][:3])
            gained = [more.of(one) - points.of(one) for one in ("fit", "engagement")]
            after = self._score(then, own, more, True)
            if not any(gained) and not after.is_disqualified:
                continue
            lever = Lever(
                moment.state.lead_id, own.scorecard, pulled.kind, pulled.lever,
                score.total_score, score.stage, after.total_score, after.fit_score,
                after.engagement_score, after.stage, sum(gained, Decimal(0)), 0,
                moment.state.as_of,
            )  # fmt: skip
            order = (after.is_disqualified, -after.total_score, -lever.points_gained)
            found.append(((*order, pulled.kind, pulled.lever), lever))
        best_first = sorted(found, key=lambda one: one[0])
        return [replace(lever, place=place) for place, (_, lever) in enumerate(best_first, 1)]

    def _score(self, moment: Moment, card: Scorecard, points: Points, is_own: bool) -> ScoreRow:
        fit_rules, _, _, thresholds = self._own_rules[card.scorecard]
        fit_unrounded = share_of_100(points.of("fit"), card.fit_points_for_100)
        engagement_unrounded = share_of_100(points.of("engagement"), card.engagement_points_for_100)
        total = total_of(card, fit_unrounded, engagement_unrounded)
        fit, engagement = whole(fit_unrounded), whole(engagement_unrounded)
        labels = {
            ladder: label_of(thresholds, ladder, total, fit, engagement)
            for ladder in ("stage", "temperature", "fit_grade", "engagement_grade")
        }
        fit_grade, engagement_grade = labels["fit_grade"], labels["engagement_grade"]
        has_grade = fit_grade is not None and engagement_grade is not None
        return ScoreRow(
            moment.state.lead_id,
            card.scorecard,
            card.status,
            card.segment,
            is_own,
            points.of("fit"),
            points.of("engagement"),
            fit_unrounded,
            engagement_unrounded,
            fit,
            engagement,
            total,
            "disqualified" if points.disqualified_by else labels["stage"],
            labels["temperature"],
            fit_grade,
            engagement_grade,
            f"{fit_grade}{engagement_grade}" if has_grade else None,
            bool(points.disqualified_by),
            coverage_of(moment, fit_rules),
            moment.state.as_of,
        )

    def _lead_score(self, moment: Moment, points: Points, score: ScoreRow) -> LeadScore:
        state, events = moment.state, events_in_30_days(moment)
        thresholds = self._own_rules[score.scorecard][3]
        place = place_of(score, thresholds, events, self.settings)
        return LeadScore(
            score,
            state.status,
            strongest([one for one in points.given if one.points > 0]),
            strongest([one for one in points.given if one.points < 0]),
            tuple(sorted(points.disqualified_by)),
            state.last_activity_at,
            account_of(state.row, self.rulebook.vocabulary),
            events,
            place.next_stage,
            place.missing,
            place.evidence,
        )

    def _member(self, moment: Moment, own: Scorecard, lead: LeadScore) -> Member:
        kinds = {name: one.type for name, one in self.rulebook.lead_attributes.items()}

        def holds(role: BuyingRole) -> bool:
            return all_hold(role.conditions, kinds, moment.texts, moment.surroundings)

        return Member(
            moment.state.lead_id,
            lead.score.total_score,
            lead.score.fit_score,
            lead.score.engagement_score,
            lead.status,
            lead.score.is_disqualified,
            moment.state.gap,
            own,
            lambda card: first_role(self._roles[card], holds),
        )

    def _decay(self, moment: Moment, card: Scorecard, points: Points) -> list[Decay]:
        found = []
        for rule in points.kept:
            if rule.points == 0:
                continue
            events, state = moment.matching_events(rule), moment.state
            award = award_of(rule, events, state.gap)
            assert award is not None
            before = sum(award.terms_before_decay.values(), Decimal(0))
            after, in_7_days, in_30_days = (
                points_left(rule, events, state.gap, days) for days in (0, 7, 30)
            )
            found.append(
                Decay(
                    state.lead_id, card.scorecard, rule.rule_id, rule.signal, award.events,
                    before, after, before - after, in_7_days, in_30_days, state.as_of,
                )
            )  # fmt: skip
        return found


def strongest(given: Sequence[Given]) -> tuple[str, ...]:
    """The rule ids of the three with the most points, ties by rule_id."""
    ordered = sorted(given, key=lambda one: (-abs(one.points), one.rule_id))
    return tuple(one.rule_id for one in ordered[:3])


def reasons_of(state: LeadState, card: Scorecard, points: Points) -> list[Reason]:
    """A lead's reasons by one scorecard."""
    return [
        Reason(
            state.lead_id, card.scorecard, one.rule_id, one.dimension, one.signal, one.family,
            one.points, state.as_of,
        )
        for one in points.given
    ]  # fmt: skip


def families_of(state: LeadState, card: Scorecard, points: Points) -> FamilyPoints:
    """A lead's points by family and dimension, by one scorecard."""
    return FamilyPoints(
        state.lead_id,
        card.scorecard,
        {family: points.of_family("fit", family) for family in FAMILIES},
        {family: points.of_family("engagement", family) for family in FAMILIES},
        points.of_family("engagement", "inactivity"),
        state.as_of,
    )
