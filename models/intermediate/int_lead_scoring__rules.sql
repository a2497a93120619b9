{%- set own_columns = {
    'fit': ['signal', 'priority', 'attribute', 'operator', 'value', 'points', 'disqualifies'],
    'engagement': [
        'signal', 'priority', 'event_type', 'attribute', 'operator', 'value', 'points', 'award',
        'max_per_day', 'min_count', 'within_days', 'decay',
    ],
    'inactivity': ['after_days', 'every_days', 'points', 'max_times'],
} -%}
{%- set every_column = own_columns.values() | sum(start=[]) | unique | list -%}

with all_rules as (
    {%- for kind in ['engagement', 'fit', 'inactivity'] %}
    select
        {%- for column in every_column %}
        {{ column if column in own_columns[kind] else 'null as ' ~ column }},
        {%- endfor %}
        '{{ kind }}' as kind,
        rule_id,
        scorecard
    from {{ ref('lead_scoring__' ~ kind ~ '_rules') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

final as (
    select
        -- ids
        row_number() over (
            order by
                kind,
                {{ lead_scoring.normalised('rule_id') }},
                {{ lead_scoring.normalised('scorecard') }}
        ) as rule_key,
        {{ lead_scoring.normalised('rule_id') }} as rule_id,
        {{ lead_scoring.normalised('scorecard') }} as scorecard,
        -- strings
        kind,
        {{ lead_scoring.normalised('signal') }} as signal,
        {{ lead_scoring.normalised('event_type') }} as event_type,
        {{ lead_scoring.normalised('attribute') }} as attribute,
        {{ lead_scoring.normalised('operator') }} as operator,
        {{ lead_scoring.trimmed('value') }} as value,
        coalesce({{ lead_scoring.normalised('award') }}, 'each') as award,
        coalesce({{ lead_scoring.normalised('decay') }}, 'no decay') as decay,
        -- numerics
        cast(points as decimal(12, 2)) as points,
        cast(coalesce(priority, 999999999) as integer) as priority,
        cast(max_per_day as integer) as max_per_day,
        cast(coalesce(min_count, 1) as integer) as min_count,
        cast(within_days as integer) as within_days,
        cast(after_days as integer) as after_days,
        cast(every_days as integer) as every_days,
        cast(max_times as integer) as max_times,
        -- flags
        coalesce(disqualifies, false) as disqualifies
    from all_rules
)

select * from final
