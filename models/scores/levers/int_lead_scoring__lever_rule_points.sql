-- What each rule that a lever touches would give if it were pulled at the moment, before its signal
-- looks at it (contract, section 4: levers); rules that would not hold then have no row.
{%- set decimal_type = 'decimal(18, 4)' %}

with trials as (
    select * from {{ ref('int_lead_scoring__lever_trials') }}
),

lever_rules as (
    select * from {{ ref('int_lead_scoring__lever_rules') }}
),

lever_conditions as (
    select * from {{ ref('int_lead_scoring__lever_conditions') }}
),

rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
    where points is not null
),

rule_conditions as (
    select distinct
        rule_key,
        condition_key,
        subject,
        operator,
        {{ lead_scoring.number_of('value') }} as wanted_count
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where subject in ('lead', 'history')
),

history as (
    select * from {{ ref('int_lead_scoring__history_conditions') }}
),

held_conditions as (
    select
        held.moment_key,
        held.condition_key
    from {{ ref('int_lead_scoring__lead_conditions') }} as held
    union all
    select
        history.moment_key,
        history.condition_key
    from history
    where not history.is_missed
),

-- of rules with such conditions, those that hold then
rules_that_would_hold as (
    select
        trials.moment_key,
        trials.lever_key,
        lever_rules.rule_key
    from trials
    inner join lever_rules
        on
            trials.lever_key = lever_rules.lever_key
            and trials.scorecard = lever_rules.scorecard
            and lever_rules.changes_conditions
    inner join rule_conditions on lever_rules.rule_key = rule_conditions.rule_key
    left join lever_conditions
        on
            trials.lever_key = lever_conditions.lever_key
            and rule_conditions.condition_key = lever_conditions.condition_key
    left join held_conditions
        on
            trials.moment_key = held_conditions.moment_key
            and rule_conditions.condition_key = held_conditions.condition_key
    left join history
        on
            trials.moment_key = history.moment_key
            and lever_conditions.condition_key = history.condition_key
    group by trials.moment_key, trials.lever_key, lever_rules.rule_key
    having
        min(
            case
                when lever_conditions.condition_key is null
                    then case when held_conditions.condition_key is null then 0 else 1 end
                when rule_conditions.subject = 'lead' and not lever_conditions.holds then 0
                when rule_conditions.subject = 'lead' then 1
                when
                    rule_conditions.operator = 'equals'
                    and coalesce(history.events, 0) + 1 <> rule_conditions.wanted_count
                    then 0
                when
                    rule_conditions.operator = 'gte'
                    and coalesce(history.events, 0) + 1 < rule_conditions.wanted_count
                    then 0
                when
                    rule_conditions.operator = 'lte'
                    and coalesce(history.events, 0) + 1 > rule_conditions.wanted_count
                    then 0
                else 1
            end
        ) = 1
),

-- What an event of today makes of a rule's days. A new event has all its points, for no curve has
-- begun to fall then; on the clock of activity all events have what that clock says.
touched_rules as (
    select
        trials.moment_key,
        trials.lever_key,
        trials.gap,
        trials.is_activity,
        lever_rules.rule_key,
        lever_rules.clock,
        lever_rules.adds_event,
        lever_rules.is_ever_fresh,
        coalesce(counted.events, 0) as events,
        coalesce(counted.events_today, 0) as events_today,
        coalesce(counted.counted_events, 0) as counted_events,
        coalesce(counted.points_after_decay, 0) as points_now,
        case when trials.is_activity then 0 else trials.gap end as gap_then
    from trials
    inner join lever_rules
        on
            trials.lever_key = lever_rules.lever_key
            and trials.scorecard = lever_rules.scorecard
    left join {{ ref('int_lead_scoring__rules_that_hold') }} as held
        on trials.moment_key = held.moment_key and lever_rules.rule_key = held.rule_key
    left join rules_that_would_hold as would_hold
        on
            trials.moment_key = would_hold.moment_key
            and trials.lever_key = would_hold.lever_key
            and lever_rules.rule_key = would_hold.rule_key
    left join {{ ref('int_lead_scoring__engagement_points') }} as counted
        on trials.moment_key = counted.moment_key and lever_rules.rule_key = counted.rule_key
    where
        not lever_rules.is_conditional
        or (lever_rules.changes_conditions and would_hold.rule_key is not null)
        or (not lever_rules.changes_conditions and held.rule_key is not null)
),

events_then as (
    select
        touched.*,
        rules.kind,
        rules.award,
        rules.min_count,
        rules.points as points_per_event,
        least(touched.events_today, coalesce(rules.max_per_day, touched.events_today))
            as counted_today,
        case
            when not touched.adds_event or (rules.per = 'day' and touched.events_today > 0) then 0
            else 1
        end as events_more,
        rules.max_per_day,
        case
            when touched.clock = 'event' or touched.is_activity then 1
            else coalesce(factors.factor, 0)
        end as factor
    from touched_rules as touched
    inner join rules on touched.rule_key = rules.rule_key
    left join {{ ref('int_lead_scoring__decay_factors') }} as factors
        on
            case when touched.clock = 'activity' then rules.decay end = factors.decay
            and touched.gap = factors.age
),

counted_then as (
    select
        *,
        least(events_today + events_more, coalesce(max_per_day, events_today + events_more))
            as counted_today_then
    from events_then
),

terms_then as (
    select
        *,
        round(cast(counted_today * points_per_event as decimal(20, 2)) * factor, 4) as term_today,
        round(cast(counted_today_then * points_per_event as decimal(20, 2)) * factor, 4)
            as term_today_then
    from counted_then
),

-- A rule that awards each: an activity sets the clock of activity to 0, where all its events have
-- full points again; else only today's term changes, and gives way to the one with the new event.
-- A rule that awards once: the term of the new event, or of any where the clock goes to 0. Else
-- nothing about its events changes.
points_of_events as (
    select
        moment_key,
        lever_key,
        rule_key,
        cast(
            case
                when award = 'each' and clock = 'activity' and is_activity
                    then (counted_events - counted_today + counted_today_then) * points_per_event
                when award = 'each' then points_now - term_today + term_today_then
                when adds_event or (clock = 'activity' and is_activity)
                    then round(cast(points_per_event as decimal(20, 2)) * factor, 4)
                else points_now
            end as {{ decimal_type }}
        ) as points
    from terms_then
    where
        kind = 'engagement'
        and is_ever_fresh
        and factor > 0
        and events + events_more >= min_count
),

points_of_others as (
    select
        touched.moment_key,
        touched.lever_key,
        touched.rule_key,
        case
            when rules.kind = 'fit' then cast(rules.points as {{ decimal_type }})
            else {{ lead_scoring.penalty('touched.gap_then') }}
        end as points
    from touched_rules as touched
    inner join rules on touched.rule_key = rules.rule_key
    where
        rules.kind = 'fit'
        or (rules.kind = 'inactivity' and touched.gap_then >= rules.after_days)
),

final as (
    select * from points_of_events
    union all
    select * from points_of_others
)

select * from final
