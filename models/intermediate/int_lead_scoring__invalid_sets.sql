with rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
    where kind <> 'routing'
),

live_scorecards as (
    select
        {{ lead_scoring.normalised('scorecard') }} as scorecard,
        priority,
        {{ lead_scoring.normalised('scorecard') }} in (
            select {{ lead_scoring.normalised('audiences.scorecard') }}
            from {{ ref('lead_scoring__audiences') }} as audiences
        ) as has_audience
    from {{ ref('lead_scoring__scorecards') }}
    where {{ lead_scoring.normalised('status') }} = 'live'
),

repeated_keys as (
    {{ lead_scoring.repeated_keys() }}
    union all
    select
        min(kind) || '_rules' as seed,
        rule_id || ', ' || scorecard as row_key,
        'rule_id' as column_name,
        rule_id as value,
        'a rule_id is unique per scorecard over fit, engagement and inactivity rules' as problem
    from rules
    group by rule_id, scorecard
    having count(*) > 1
),

rules_without_sense as (
    select
        rules.kind || '_rules' as seed,
        rules.rule_id || ', ' || rules.scorecard as row_key,
        case when rules.points is null then 'points' else 'attribute' end as column_name,
        null as value,
        case
            when rules.points is null
                then 'are blank: only a row that overrides a * row may switch it off'
            else 'is blank: a fit rule needs a condition, here or in rule_conditions'
        end as problem
    from rules
    left join rules as overridden
        on rules.rule_id = overridden.rule_id and overridden.scorecard = '*'
    left join {{ ref('lead_scoring__rule_conditions') }} as further
        on
            rules.rule_id = {{ lead_scoring.normalised('further.rule_id') }}
            and rules.scorecard = {{ lead_scoring.normalised('further.scorecard') }}
    where
        (rules.points is null and (rules.scorecard = '*' or overridden.rule_id is null))
        or (
            rules.points is not null
            and rules.kind = 'fit'
            and rules.attribute is null
            and further.rule_id is null
        )
),

scorecards_without_order as (
    select
        'scorecards' as seed,
        min(scorecard) as row_key,
        'priority' as column_name,
        cast(priority as varchar) as value,
        'live scorecards need priorities that differ' as problem
    from live_scorecards
    group by priority
    having count(*) > 1 or priority is null
    union all
    select
        'audiences' as seed,
        coalesce(min(case when not has_audience then scorecard end), '(none)') as row_key,
        'scorecard' as column_name,
        cast(sum(case when has_audience then 0 else 1 end) as varchar) as value,
        'exactly one live scorecard has no audience (the catch-all), and it has the last priority'
            as problem
    from live_scorecards
    having
        coalesce(sum(case when has_audience then 0 else 1 end), 0) <> 1
        or max(case when has_audience then priority end)
        > max(case when not has_audience then priority end)
),

ladder_steps as (
    {{ lead_scoring.ladder_steps() }}
),

final as (
    select * from repeated_keys
    union
    select * from rules_without_sense
    union
    select * from scorecards_without_order
    union
    select * from ladder_steps
)

select * from final
