-- Every rule row of the four rule tables and every buying role in one list, typed, blanks filled in
-- (contract, section 3). The name of a role stands where other rules have their rule_id.
{%- set columns_of_kinds = {
    'buying_role': ['priority', 'weight', 'members_needed', 'is_required', 'description'],
    'engagement': [
        'signal', 'priority', 'event_type', 'attribute', 'operator', 'value', 'points', 'award',
        'per', 'max_per_day', 'min_count', 'within_days', 'decay',
    ],
    'fit': ['signal', 'priority', 'attribute', 'operator', 'value', 'points', 'disqualifies'],
    'inactivity': ['after_days', 'every_days', 'points', 'max_times'],
    'routing': [
        'stage', 'priority', 'attribute', 'operator', 'value', 'queue', 'action',
        'respond_within_minutes',
    ],
} -%}
{%- set flags = ['disqualifies', 'is_required'] -%}
{%- set every_column = columns_of_kinds.values() | sum(start=[]) | unique | list %}

-- what a role needs and weighs stands in one of its rows
with buying_roles as (
    select
        {{ lead_scoring.normalised('role') }} as rule_id,
        {{ lead_scoring.normalised('scorecard') }} as scorecard,
        max(priority) as priority,
        max(weight) as weight,
        max(members_needed) as members_needed,
        max(case when is_required then 1 else 0 end) = 1 as is_required,
        max(nullif({{ lead_scoring.trimmed('description') }}, '')) as description
    from {{ ref('lead_scoring__buying_roles') }}
    group by {{ lead_scoring.normalised('role') }}, {{ lead_scoring.normalised('scorecard') }}
),

all_rules as (
    {%- for kind, columns in columns_of_kinds.items() %}
    select
        {%- for column in every_column %}
        {%- set type = lead_scoring.type_name('decimal', 38, 10)
            if column in lead_scoring.number_columns()
            else 'boolean' if column in flags else lead_scoring.type_name('text') %}
        cast({{ column if column in columns else 'null' }} as {{ type }}) as {{ column }},
        {%- endfor %}
        '{{ kind }}' as kind,
        {{ lead_scoring.normalised('rule_id') }} as rule_id,
        {{ lead_scoring.normalised('scorecard') }} as scorecard
    from
        {{ 'buying_roles' if kind == 'buying_role' else ref('lead_scoring__' ~ kind ~ '_rules') }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

final as (
    select
        -- ids
        row_number() over (order by kind, rule_id, scorecard) as rule_key,
        rule_id,
        scorecard,
        -- strings
        kind,
        {{ lead_scoring.normalised('signal') }} as signal,
        {{ lead_scoring.normalised('event_type') }} as event_type,
        {{ lead_scoring.normalised('attribute') }} as attribute,
        {{ lead_scoring.normalised('operator') }} as operator,
        {{ lead_scoring.trimmed('value') }} as value,
        coalesce({{ lead_scoring.normalised('award') }}, 'each') as award,
        {{ lead_scoring.normalised('per') }} as per,
        coalesce({{ lead_scoring.normalised('decay') }}, 'no decay') as decay,
        {{ lead_scoring.normalised('stage') }} as stage,
        {{ lead_scoring.trimmed('queue') }} as queue,
        {{ lead_scoring.trimmed('action') }} as action,
        coalesce(description, case when kind = 'buying_role' then rule_id end) as description,
        -- numerics
        cast(points as decimal(12, 2)) as points,
        cast(coalesce(priority, 999999999) as integer) as priority,
        cast(max_per_day as integer) as max_per_day,
        cast(coalesce(min_count, 1) as integer) as min_count,
        cast(within_days as integer) as within_days,
        cast(after_days as integer) as after_days,
        cast(every_days as integer) as every_days,
        cast(max_times as integer) as max_times,
        cast(respond_within_minutes as integer) as respond_within_minutes,
        cast(weight as decimal(12, 2)) as weight,
        cast(members_needed as integer) as members_needed,
        -- flags
        coalesce(is_required, false) as is_required,
        coalesce(disqualifies, false) as disqualifies
    from all_rules
)

select * from final
