-- What each lead's own scorecard would give if a lever were pulled at the moment (contract, section
-- 4: levers). Only signals that the lever touches are gone through again, by the same words as
-- reasons; of the others the points stay. Bursts of clicks that are not over leave no room for an
-- event of the lead's own.
{%- set decimal_type = 'decimal(18, 4)' %}

with levers as (
    select * from {{ ref('int_lead_scoring__levers') }}
),

lever_rules as (
    select * from {{ ref('int_lead_scoring__lever_rules') }}
),

lever_conditions as (
    select * from {{ ref('int_lead_scoring__lever_conditions') }}
),

scorecard_rules as (
    select * from {{ ref('int_lead_scoring__scorecard_rules') }}
    where kind not in ('buying_role', 'routing')
),

rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
    where points is not null
),

rule_conditions as (
    select distinct
        rule_key,
        condition_key,
        of,
        attribute,
        operator,
        {{ lead_scoring.number_of('value') }} as wanted_count
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where of in ('lead', 'history')
),

-- open, and not disqualified
leads as (
    select
        scores.moment_key,
        scores.scorecard,
        scores.fit_points,
        scores.engagement_points,
        leads.as_of,
        leads.is_version_younger,
        activity.gap
    from {{ ref('int_lead_scoring__scores') }} as scores
    inner join {{ ref('int_lead_scoring__leads_at_moments') }} as leads
        on scores.moment_key = leads.moment_key
    inner join {{ ref('int_lead_scoring__activity') }} as activity
        on scores.moment_key = activity.moment_key
    where scores.is_own_scorecard and not scores.is_disqualified and leads.status = 'open'
),

bursts_not_over as (
    select distinct leads.moment_key
    from leads
    inner join {{ ref('int_lead_scoring__bot_bursts') }} as bursts
        on leads.moment_key = bursts.moment_key and leads.as_of <= bursts.ends_at
),

conditions_of_absence as (
    select distinct
        condition_key,
        attribute
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where of = 'lead' and operator = 'is_empty'
),

missing_attributes as (
    select
        held.moment_key,
        conditions.attribute
    from {{ ref('int_lead_scoring__lead_conditions') }} as held
    inner join conditions_of_absence as conditions
        on held.condition_key = conditions.condition_key
),

levers_of_scorecards as (
    select distinct
        lever_rules.scorecard,
        levers.*
    from levers
    inner join lever_rules on levers.lever_key = lever_rules.lever_key and lever_rules.is_named
),

trials as (
    select
        leads.moment_key,
        leads.scorecard,
        leads.gap,
        levers.lever_key,
        levers.is_activity
    from leads
    inner join levers_of_scorecards as levers
        on leads.scorecard = levers.scorecard and levers.kind = 'event'
    left join bursts_not_over on leads.moment_key = bursts_not_over.moment_key
    where bursts_not_over.moment_key is null
    union all
    select
        leads.moment_key,
        leads.scorecard,
        leads.gap,
        levers.lever_key,
        levers.is_activity
    from leads
    inner join levers_of_scorecards as levers
        on leads.scorecard = levers.scorecard and levers.kind = 'attribute'
    inner join missing_attributes
        on
            leads.moment_key = missing_attributes.moment_key
            and levers.attribute = missing_attributes.attribute
    where not leads.is_version_younger
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
                when rule_conditions.of = 'lead' and not lever_conditions.holds then 0
                when rule_conditions.of = 'lead' then 1
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
        trials.scorecard,
        trials.gap,
        trials.is_activity,
        lever_rules.signal_key,
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

points_of_events as (
    select
        moment_key,
        lever_key,
        scorecard,
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
        touched.scorecard,
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

points_of_rules as (
    {{ lead_scoring.points_of_rules() }}
),

touched_signals as (
    select distinct
        lever_key,
        scorecard,
        signal_key
    from lever_rules
),

-- the other rules of the signals that are touched
rules_beside as (
    select
        touched_signals.lever_key,
        touched_signals.scorecard,
        scorecard_rules.rule_key
    from touched_signals
    inner join scorecard_rules
        on
            touched_signals.scorecard = scorecard_rules.scorecard
            and touched_signals.signal_key = scorecard_rules.signal_key
    left join lever_rules
        on
            touched_signals.lever_key = lever_rules.lever_key
            and touched_signals.scorecard = lever_rules.scorecard
            and scorecard_rules.rule_key = lever_rules.rule_key
    where lever_rules.rule_key is null
),

points_then as (
    select * from points_of_events
    union all
    select * from points_of_others
    union all
    select
        trials.moment_key,
        trials.lever_key,
        trials.scorecard,
        rules_beside.rule_key,
        points_of_rules.points
    from trials
    inner join rules_beside
        on
            trials.lever_key = rules_beside.lever_key
            and trials.scorecard = rules_beside.scorecard
    inner join points_of_rules
        on
            trials.moment_key = points_of_rules.moment_key
            and rules_beside.rule_key = points_of_rules.rule_key
),

rules_then as (
    select
        points_then.moment_key,
        points_then.lever_key,
        scorecard_rules.signal_key,
        points_then.rule_key,
        scorecard_rules.place,
        scorecard_rules.is_first_only,
        scorecard_rules.is_limited,
        points_then.points
    from points_then
    inner join scorecard_rules
        on
            points_then.scorecard = scorecard_rules.scorecard
            and points_then.rule_key = scorecard_rules.rule_key
),

signals_of_scorecards as (
    select distinct
        signal_key,
        scorecard,
        coalesce(signal, '') as signal,
        case when kind = 'fit' then 'fit' else 'engagement' end as dimension,
        min_points,
        max_points
    from scorecard_rules
),

reasons_then as (
    {{ lead_scoring.points_after_signals(
        'rules_then', 'signals_of_scorecards', ['moment_key', 'lever_key']
    ) }}
),

-- what is added, and what is taken away for it
differences as (
    select
        moment_key,
        lever_key,
        signal_key,
        points
    from reasons_then
    union all
    select
        trials.moment_key,
        trials.lever_key,
        touched_signals.signal_key,
        -reasons.points as points
    from trials
    inner join touched_signals
        on
            trials.lever_key = touched_signals.lever_key
            and trials.scorecard = touched_signals.scorecard
    inner join signals_of_scorecards as signals
        on touched_signals.signal_key = signals.signal_key
    inner join {{ ref('int_lead_scoring__reasons') }} as reasons
        on
            trials.moment_key = reasons.moment_key
            and trials.scorecard = reasons.scorecard
            and signals.signal = coalesce(reasons.signal, '')
),

sums as (
    select
        differences.moment_key,
        differences.lever_key,
        sum(case when signals.dimension = 'fit' then differences.points else 0 end) as fit_points,
        sum(case when signals.dimension = 'fit' then 0 else differences.points end)
            as engagement_points
    from differences
    inner join signals_of_scorecards as signals on differences.signal_key = signals.signal_key
    group by differences.moment_key, differences.lever_key
),

disqualified as (
    select distinct
        would_hold.moment_key,
        would_hold.lever_key
    from rules_that_would_hold as would_hold
    inner join rules on would_hold.rule_key = rules.rule_key
    where rules.disqualifies
),

final as (
    select
        -- ids
        trials.moment_key,
        trials.lever_key,
        -- numerics
        cast(leads.fit_points + coalesce(sums.fit_points, 0) as {{ decimal_type }}) as fit_points,
        cast(
            leads.engagement_points + coalesce(sums.engagement_points, 0) as {{ decimal_type }}
        ) as engagement_points,
        cast(
            coalesce(sums.fit_points, 0) + coalesce(sums.engagement_points, 0)
            as {{ decimal_type }}
        ) as points_gained,
        -- flags
        disqualified.moment_key is not null as is_disqualified
    from trials
    inner join leads on trials.moment_key = leads.moment_key
    left join sums
        on trials.moment_key = sums.moment_key and trials.lever_key = sums.lever_key
    left join disqualified
        on
            trials.moment_key = disqualified.moment_key
            and trials.lever_key = disqualified.lever_key
    -- what changes nothing is no lever
    where sums.fit_points <> 0 or sums.engagement_points <> 0 or disqualified.moment_key is not null
)

select * from final
