"""Generated cases draw everything that the contract lets inputs and rules hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from generate.packs import Pack, seeded_pack
from generate.predictions import with_predictions
from oracle import Oracle
from oracle.history import LeadState
from oracle.points import Moment
from oracle.results import Account
from oracle.text import flag

SEEDS = range(1, 11)
CASES = 15


def kinds_of_rows(pack: Pack) -> Iterator[str]:
    """What the input rows of a pack hold."""
    for row in pack.inputs["events"]:
        mark = row.get("is_bot")
        yield f"is_bot {flag(mark) if mark else 'blank'}"
        yield f"is_bot readable {mark is None or flag(mark) is not None}"
    times = {
        "seconds": r"[0-9]{10}", "milliseconds": r"[0-9]{13}", "microseconds": r"[0-9]{16}",
        "eight digits": r"[0-9]{8}", "UTC": r".* UTC", "short hour": r".*[T ][0-9]:.*",
        "in an order": r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{4}.*", "half days": r".*[AaPp][Mm]",
    }  # fmt: skip
    counts = {"range": "[0-9,]+-[0-9,]+", "open end": r"[0-9,]+\+", "groups": r"[0-9]+[,' ][0-9]+"}
    for table in pack.inputs.values():
        for row in table:
            for column, forms in (("occurred_at", times), ("x_whole", counts)):
                for name, form in forms.items():
                    if re.fullmatch(form, row.get(column) or ""):
                        yield name


def kinds_of_leads(oracle: Oracle, state: LeadState) -> Iterator[str]:
    """What came of it for one lead."""
    moment = Moment(state, oracle.rulebook, oracle.zone)
    group = (state.lead_id, *oracle.people.merged_into(state.lead_id))
    created = {row.created_at for one in group for row in oracle.people.usable[one]}
    if len(group) > 1 and len(created) > 1:
        yield "groups of several ages"
    for name in state.by_merge:
        yield oracle.rulebook.lead_attributes[name].on_merge
    for rule in oracle.rulebook.engagement_rules:
        matching = [one for one in moment.matching_events(rule) if one.joined_by is not None]
        if len({one.joined_by for one in matching}) < len(matching):
            yield f"joined by {rule.per}"
        if len({one.event_type for one in state.events} & rule.event_types) > 1:
            yield "several types"


def kinds_of_accounts(accounts: Iterable[Account]) -> Iterator[str]:
    """What came of their buying groups."""
    for account in accounts:
        complete = account.completeness_percent
        yield f"buying group {'partly' if complete and complete < 100 else complete} complete"
        yield f"required roles {account.has_required_roles}"
        if account.buying_roles > 1:
            yield "several roles"


def test_every_kind_of_row_and_rule_is_there() -> None:
    kinds: Counter[str] = Counter()
    for seed in SEEDS:
        pack = with_predictions(seeded_pack(seed, CASES), seed)
        kinds.update(kinds_of_rows(pack))
        kinds[f"date order {pack.world.settings.date_order}"] += 9
        kinds["input zones"] += 9 * (pack.world.settings.input_time_zone != "UTC")
        oracle = pack.oracle()
        result = oracle.at(pack.world.now)
        kinds["clocks ahead"] += result.clocks_ahead
        kinds.update(kinds_of_accounts(result.accounts))
        kinds.update(f"likelihood {one.unknown_because or 'known'}" for one in result.likelihoods)
        for state in oracle.states(pack.world.now)[:20]:
            kinds.update(kinds_of_leads(oracle, state))
    rare = {kind: count for kind, count in kinds.items() if count < 5}
    assert not rare, rare
    assert len(kinds) == 42, sorted(kinds)
