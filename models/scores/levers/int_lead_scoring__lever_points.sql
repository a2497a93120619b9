-- What each lead's own scorecard would give if a lever were pulled at the moment (contract, section
-- 4: levers). Only signals that the lever touches are gone through again, by the same words as
-- reasons; of the others the points stay.
{%- set decimal_type = 'decimal(18, 4)' %}

with trials as (
    select * from {{ ref('int_lead_scoring__lever_trials') }}
),

points_of_touched_rules as (
    select * from {{ ref('int_lead_scoring__lever_rule_points') }}
),

lever_rules as (
    select * from {{ ref('int_lead_scoring__lever_rules') }}
),

scorecard_rules as (
    select * from {{ ref('int_lead_scoring__scorecard_rules') }}
    where {{ lead_scoring.gives_points('kind') }}
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
    select
        trials.moment_key,
        trials.lever_key,
        trials.scorecard,
        touched.rule_key,
        touched.points
    from trials
    inner join points_of_touched_rules as touched
        on trials.moment_key = touched.moment_key and trials.lever_key = touched.lever_key
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
        touched.moment_key,
        touched.lever_key
    from points_of_touched_rules as touched
    inner join {{ ref('int_lead_scoring__rules') }} as rules on touched.rule_key = rules.rule_key
    where rules.disqualifies
),

final as (
    select
        -- ids
        trials.moment_key,
        trials.lever_key,
        -- numerics
        cast(scores.fit_points + coalesce(sums.fit_points, 0) as {{ decimal_type }}) as fit_points,
        cast(
            scores.engagement_points + coalesce(sums.engagement_points, 0) as {{ decimal_type }}
        ) as engagement_points,
        cast(
            coalesce(sums.fit_points, 0) + coalesce(sums.engagement_points, 0)
            as {{ decimal_type }}
        ) as points_gained,
        -- flags
        disqualified.moment_key is not null as is_disqualified
    from trials
    inner join {{ ref('int_lead_scoring__scores') }} as scores
        on trials.moment_key = scores.moment_key and scores.is_own_scorecard
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
