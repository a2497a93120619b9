{#- rule ids are not among the keys: they are unique over three tables, which is looked at below #}
{%- set keys = {
    'attributes': ['attribute', 'of'],
    'event_types': ['event_type'],
    'scorecards': ['scorecard'],
    'signals': ['signal'],
    'decay_curves': ['decay'],
    'thresholds': ['scorecard', 'ladder', 'label'],
    'routing_rules': ['rule_id', 'scorecard'],
    'lists': ['list', 'entry'],
    'title_keywords': ['keyword'],
    'predictions': ['prediction'],
    'prediction_features': ['prediction', 'feature'],
} -%}

-- Rule rows that are wrong only beside others: keys, roles, priorities, the catch-all, ladders
-- (contract, section 3: what a table may hold).
with rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
    where {{ lead_scoring.gives_points('kind') }}
),

buying_roles as (
    select * from {{ ref('int_lead_scoring__rules') }}
    where kind = 'buying_role'
),

scorecards_with_audience as (
    select distinct {{ lead_scoring.normalised('scorecard') }} as scorecard
    from {{ ref('lead_scoring__audiences') }}
),

live_scorecards as (
    select
        {{ lead_scoring.normalised('scorecards.scorecard') }} as scorecard,
        scorecards.priority,
        scorecards_with_audience.scorecard is not null as has_audience
    from {{ ref('lead_scoring__scorecards') }} as scorecards
    left join scorecards_with_audience
        on
            {{ lead_scoring.normalised('scorecards.scorecard') }}
            = scorecards_with_audience.scorecard
    where {{ lead_scoring.normalised('scorecards.status') }} = 'live'
),

repeated_keys as (
    {%- for seed, columns in keys.items() %}
    {%- set key = [] %}
    {%- for column in columns %}
    {%- do key.append(lead_scoring.normalised(lead_scoring.rule_column(column))) %}
    {%- endfor %}
    select
        '{{ seed }}' as seed,
        min({{ lead_scoring.rule_row_key(seed) }}) as row_key,
        '{{ columns | join(", ") }}' as column_name,
        cast(count(*) as {{ lead_scoring.type_name('text') }}) as value,
        'rows have this key: keep one' as problem
    from {{ ref('lead_scoring__' ~ seed) }}
    group by {{ key | join(', ') }}
    having count(*) > 1
    union all
    {%- endfor %}
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

-- a role's rows are conditions, which all hold; what it needs and weighs is one of each
roles_that_differ as (
    {%- for column in ['priority', 'members_needed', 'weight', 'is_required', 'description'] %}
    select
        'buying_roles' as seed,
        {{ lead_scoring.normalised('role') }} || ', '
        || {{ lead_scoring.normalised('scorecard') }} as row_key,
        '{{ column }}' as column_name,
        cast(count(distinct {{ column }}) as {{ lead_scoring.type_name('text') }}) as value,
        'values of one role: write it in one of its rows, and leave the others blank' as problem
    from {{ ref('lead_scoring__buying_roles') }}
    group by {{ lead_scoring.normalised('role') }}, {{ lead_scoring.normalised('scorecard') }}
    having count(distinct {{ column }}) > 1
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

roles_without_sense as (
    select distinct
        'buying_roles' as seed,
        roles.rule_id || ', ' || roles.scorecard as row_key,
        case
            when roles.weight is null then 'weight'
            when conditions.role is null then 'attribute'
            else 'members_needed'
        end as column_name,
        null as value,
        case
            when roles.weight is null
                then 'is blank: only a role that overrides a * role may be switched off'
            when conditions.role is null then 'is blank: a buying role needs a condition'
            else 'is blank: a required role needs members'
        end as problem
    from buying_roles as roles
    left join buying_roles as overridden
        on roles.rule_id = overridden.rule_id and overridden.scorecard = '*'
    left join {{ ref('lead_scoring__buying_roles') }} as conditions
        on
            roles.rule_id = {{ lead_scoring.normalised('conditions.role') }}
            and roles.scorecard = {{ lead_scoring.normalised('conditions.scorecard') }}
            and {{ lead_scoring.normalised('conditions.attribute') }} is not null
    where
        (roles.weight is null and (roles.scorecard = '*' or overridden.rule_id is null))
        or (
            roles.weight is not null
            and (conditions.role is null or (roles.is_required and roles.members_needed is null))
        )
),

scorecards_without_order as (
    select
        'scorecards' as seed,
        min(scorecard) as row_key,
        'priority' as column_name,
        {{ lead_scoring.decimal_text('min(priority)') }} as value,
        'live scorecards need priorities that differ' as problem
    from live_scorecards
    -- a blank one comes last, where the catch-all is
    group by coalesce(priority, 999999999)
    having
        count(*) > 1
        or max(case when priority is null and has_audience then 1 else 0 end) = 1
    union all
    select
        'audiences' as seed,
        coalesce(min(case when not has_audience then scorecard end), '(none)') as row_key,
        'scorecard' as column_name,
        cast(sum(case when has_audience then 0 else 1 end) as {{ lead_scoring.type_name('text') }})
            as value,
        'exactly one live scorecard has no audience (the catch-all), and it has the last priority'
            as problem
    from live_scorecards
    having
        coalesce(sum(case when has_audience then 0 else 1 end), 0) <> 1
        or max(case when has_audience then priority end)
        > max(case when not has_audience then priority end)
),

-- the labels that each scorecard uses: its own takes the place of the one for every scorecard; not
-- int_lead_scoring__scorecard_labels, for here rows count as the analyst wrote them (decision 16)
labels as (
    select
        scorecards.scorecard as held_by,
        {{ lead_scoring.normalised('thresholds.ladder') }} as ladder,
        thresholds.label,
        thresholds.rank as label_rank,
        coalesce(thresholds.min_total, 0) as min_total,
        coalesce(thresholds.min_fit, 0) as min_fit,
        coalesce(thresholds.min_engagement, 0) as min_engagement,
        row_number() over (
            partition by scorecards.scorecard, lower(thresholds.ladder), lower(thresholds.label)
            order by case when thresholds.scorecard = '*' then 1 else 0 end
        ) as nearness
    from {{ ref('lead_scoring__thresholds') }} as thresholds
    inner join {{ ref('lead_scoring__scorecards') }} as scorecards
        on
            {{ lead_scoring.trimmed('thresholds.scorecard') }} = '*'
            or {{ lead_scoring.normalised('thresholds.scorecard') }}
            = {{ lead_scoring.normalised('scorecards.scorecard') }}
),

ladder_steps as (
    select
        *,
        lag(label_rank) over (partition by held_by, ladder order by label_rank, label)
            as rank_below,
        lag(min_total) over (partition by held_by, ladder order by label_rank, label)
            as total_below,
        lag(min_fit) over (partition by held_by, ladder order by label_rank, label) as fit_below,
        lag(min_engagement) over (partition by held_by, ladder order by label_rank, label)
            as engagement_below
    from labels
    where nearness = 1
),

ladders_that_do_not_rise as (
    select
        'thresholds' as seed,
        held_by || ', ' || ladder || ', ' || label as row_key,
        'rank' as column_name,
        {{ lead_scoring.decimal_text('label_rank') }} as value,
        case
            when rank_below is null
                then 'the lowest label of a ladder must ask nothing: leave its minimums blank'
            else 'the minimums of a ladder must rise with its rank'
        end as problem
    from ladder_steps
    where
        (rank_below is null and (min_total > 0 or min_fit > 0 or min_engagement > 0))
        or label_rank = rank_below
        or min_total < total_below
        or min_fit < fit_below
        or min_engagement < engagement_below
        or (min_total = total_below and min_fit = fit_below and min_engagement = engagement_below)
),

final as (
    select * from repeated_keys
    union distinct
    select * from rules_without_sense
    union distinct
    select * from roles_that_differ
    union distinct
    select * from roles_without_sense
    union distinct
    select * from scorecards_without_order
    union distinct
    select * from ladders_that_do_not_rise
)

select * from final
