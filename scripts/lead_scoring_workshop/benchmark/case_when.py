"""What a user would write instead of the project: SQL by hand, and the floor under all of it."""

from __future__ import annotations

from collections.abc import Sequence

from lead_scoring_workshop.benchmark.rules import CURVES, SCORECARDS, EngagementRule

# One scan, grouped by lead and event type; then decayed points by lead.
FLOOR = """
with points_of_types (event_type, points) as (values {points}),

types_of_leads as (
    select
        lead_id,
        event_type,
        count(*) as events,
        sum(pow(0.5, date_diff('day', cast(occurred_at as date), date '{day}') / 30.0)) as factors
    from kept_events
    group by lead_id, event_type
)

select
    types_of_leads.lead_id,
    sum(points_of_types.points * types_of_leads.factors) as points
from types_of_leads
inner join points_of_types on types_of_leads.event_type = points_of_types.event_type
group by types_of_leads.lead_id
"""

CASE_WHEN = """
with aged_events as (
    select
        kept_events.lead_id,
        kept_events.event_type,
        kept_events.url,
        kept_events.quantity,
        scorecards_of_leads.scorecard,
        date_diff('day', cast(kept_events.occurred_at as date), date '{day}') as age
    from kept_events
    inner join scorecards_of_leads on kept_events.lead_id = scorecards_of_leads.lead_id
)

select
    lead_id,
    sum(
        {terms}
    ) as points
from aged_events
group by lead_id
"""

# The scorecard whose audience holds, by the version of a lead that was valid last.
SCORECARDS_OF_LEADS = """
select
    lead_id,
    case {audiences} end as scorecard
from leads
qualify row_number() over (
    partition by lead_id order by coalesce(updated_at, created_at) desc
) = 1
"""


def floor_query(rules: Sequence[EngagementRule], day: str) -> str:
    """Returns the floor: rules of one event type each, all with a half-life of 30 days."""
    points = ", ".join(f"('{rule.event_type}', {rule.points})" for rule in rules)
    return FLOOR.format(points=points, day=day)


def case_when_query(rules: Sequence[EngagementRule], day: str) -> str:
    """Returns one model with a CASE WHEN for each rule, as of a day."""
    terms = "\n        + ".join(_term(rule) for rule in rules)
    return CASE_WHEN.format(terms=terms, day=day)


def scorecards_query() -> str:
    """Returns a select of lead_id and scorecard from a relation named leads."""
    cases = []
    for scorecard, (lowest, highest) in SCORECARDS.items():
        limits = [f"employee_count >= {lowest}"] if lowest is not None else []
        limits += [f"employee_count <= {highest}"] if highest is not None else []
        cases.append(
            f"when {' and '.join(limits)} then '{scorecard}'" if limits else f"else '{scorecard}'"
        )
    return SCORECARDS_OF_LEADS.format(audiences=" ".join(cases))


def _term(rule: EngagementRule) -> str:
    conditions = [f"event_type = '{rule.event_type}'"]
    if rule.operator == "contains":
        conditions.append(f"{rule.attribute} like '%{rule.value}%'")
    elif rule.operator == "gte":
        conditions.append(f"{rule.attribute} >= {rule.value}")
    points = str(rule.points)
    if rule.own_points:
        own = " ".join(f"when '{scorecard}' then {value}" for scorecard, value in rule.own_points)
        points = f"case scorecard {own} else {rule.points} end"
    factor = _factor(rule.decay)
    return f"case when {' and '.join(conditions)} then {points} * {factor} else 0 end"


def _factor(decay: str) -> str:
    _, method, clock, days, percent, grace_days, floor_percent, expire_days = next(
        curve for curve in CURVES if curve[0] == decay
    )
    if clock != "event":
        raise ValueError(f"One scan of events cannot follow the clock of activity: {decay}.")
    late = f"greatest(0, age - {grace_days})" if grace_days else "age"
    share = float(percent or 0) / 100
    factor = {
        "none": "1",
        "window": f"case when age < {days} then 1 else 0 end",
        "linear": f"greatest(0, 1 - {late} / {days}.0)",
        "step_linear": f"greatest(0, 1 - {share} * floor({late} / {days}.0))",
        "step_compound": f"pow({1 - share}, floor({late} / {days}.0))",
        "half_life": f"pow(0.5, {late} / {days}.0)",
    }[method]
    if floor_percent:
        factor = f"greatest({float(floor_percent) / 100}, {factor})"
    return f"case when age < {expire_days} then {factor} else 0 end" if expire_days else factor
