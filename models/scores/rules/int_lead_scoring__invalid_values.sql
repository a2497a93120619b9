{%- set columns_of_tables = {
    'attributes': ['attribute', 'of', 'type', 'known', 'on_merge'],
    'event_types': ['event_type'],
    'scorecards': [
        'scorecard', 'segment', 'status', 'priority', 'fit_points_for_100',
        'engagement_points_for_100', 'fit_weight',
    ],
    'signals': ['dimension', 'family', 'matching', 'min_points', 'max_points'],
    'fit_rules': ['rule_id', 'points', 'priority'],
    'engagement_rules': [
        'rule_id', 'event_type', 'points', 'priority', 'award', 'per', 'max_per_day', 'min_count',
        'within_days',
    ],
    'inactivity_rules': ['rule_id', 'after_days', 'every_days', 'max_times', 'points'],
    'rule_conditions': ['of', 'within_days', 'event_type', 'attribute'],
    'decay_curves': [
        'method', 'clock', 'days', 'percent', 'grace_days', 'floor_percent', 'expire_days',
    ],
    'thresholds': ['ladder', 'label', 'rank', 'exit_margin'],
    'routing_rules': ['rule_id', 'stage', 'queue', 'priority', 'respond_within_minutes'],
    'buying_roles': ['role', 'priority', 'members_needed', 'weight'],
    'lists': ['entry'],
    'title_keywords': ['keyword', 'priority'],
} -%}
{#- where another cell of the row decides whether this one is missing #}
{%- set subject = 'lower(' ~ lead_scoring.rule_column('of') ~ ')' %}
{%- set missing = {
    ('rule_conditions', 'event_type'): 'event_type is null and ' ~ subject ~ " = 'history'",
    ('rule_conditions', 'attribute'):
        'attribute is null and coalesce(' ~ subject ~ ", '') <> 'history'",
    ('decay_curves', 'days'): "days is null and coalesce(lower(method), '') <> 'none'",
    ('lists', 'entry'): 'list is null or entry is null',
} -%}

-- Cells of rule tables that are wrong by themselves: blank, unknown, out of bounds (contract,
-- section 3: what a table may hold).
with cells as (
    {%- for seed, columns in columns_of_tables.items() %}
    {%- set is_last_table = loop.last %}
    {%- for column in columns %}
    {%- set name = lead_scoring.rule_column(column) %}
    select
        '{{ seed }}' as seed,
        {{ lead_scoring.rule_row_key(seed) }} as row_key,
        '{{ column }}' as column_name,
        {%- if column in lead_scoring.number_columns() %}
        {{ lead_scoring.decimal_text(name) }} as value,
        {%- else %}
        cast({{ name }} as {{ lead_scoring.type_name('text') }}) as value,
        {%- endif %}
        {{ missing.get((seed, column), name ~ ' is null') }} as is_missing
    from {{ ref('lead_scoring__' ~ seed) }}
    {{ 'union all' if not (is_last_table and loop.last) }}
    {%- endfor %}
    {%- endfor %}
),

read_cells as (
    select
        *,
        {{ lead_scoring.normalised('value') }} as name,
        {{ lead_scoring.number_of('value') }} as number
    from cells
),

measured_cells as (
    select
        *,
        number = round(number, 0) and number <= 999999999 as is_whole,
        number = round(number, 2) and abs(number) <= 1000000 as has_two_decimals
    from read_cells
),

-- a comparison with a blank is unknown, so a blank passes where is_missing is not asked for
checked_cells as (
    select
        *,
        case
            when is_missing and seed = 'rule_conditions' and column_name = 'event_type'
                then 'is blank: a condition of history counts events of a type'
            when
                is_missing
                and (
                    column_name in (
                        'attribute', 'event_type', 'segment', 'label', 'entry', 'keyword',
                        'role', 'stage', 'queue'
                    )
                    or (seed = 'routing_rules' and column_name = 'rule_id')
                )
                then 'is blank: fill it in'
            when
                column_name = 'rule_id' and seed <> 'routing_rules'
                and (is_missing or value like '%:%')
                then 'must be filled and hold no colon'
            when column_name = 'scorecard' and (is_missing or name = '*')
                then 'must be a name, and not *'
            when
                column_name = 'of' and seed = 'attributes'
                and (is_missing or name not in ('lead', 'event'))
                then 'must be lead or event'
            when column_name = 'of' and (is_missing or name not in ('lead', 'event', 'history'))
                then 'must be lead, event or history'
            when
                column_name = 'type'
                and (
                    is_missing or name not in ('text', 'number', 'whole', 'flag', 'date', 'list')
                )
                then 'must be text, number, whole, flag, date or list'
            when
                column_name = 'known'
                and (is_missing or name not in ('at_creation', 'later', 'after_contact'))
                then 'must be at_creation, later or after_contact'
            when
                column_name = 'status'
                and (is_missing or name not in ('live', 'challenger', 'off'))
                then 'must be live, challenger or off'
            when column_name = 'dimension' and (is_missing or name not in ('fit', 'engagement'))
                then 'must be fit or engagement'
            when
                column_name = 'family'
                and (is_missing or name not in ('{{ lead_scoring.families() | join("', '") }}'))
                then 'must be a family that the contract names'
            when column_name = 'matching' and (is_missing or name not in ('first', 'sum'))
                then 'must be first or sum'
            when column_name = 'on_merge' and name not in ('fill', 'any')
                then 'must be fill or any'
            when column_name = 'per' and name not in ('day', 'session', 'target')
                then 'must be day, session or target'
            when column_name = 'award' and name not in ('each', 'once')
                then 'must be each or once'
            when
                column_name = 'method'
                and (
                    is_missing
                    or name not in (
                        'none', 'window', 'linear', 'step_linear', 'step_compound', 'half_life'
                    )
                )
                then 'must be a method that the contract names'
            when column_name = 'clock' and name not in ('event', 'activity')
                then 'must be event or activity'
            when
                column_name = 'ladder'
                and (
                    is_missing
                    or name not in ('stage', 'temperature', 'fit_grade', 'engagement_grade')
                )
                then 'must be stage, temperature, fit_grade or engagement_grade'
            when
                column_name in ('fit_points_for_100', 'engagement_points_for_100')
                and (is_missing or number <= 0 or not has_two_decimals)
                then 'must be a number with at most two decimals above 0'
            when column_name = 'min_points' and (number > 0 or not has_two_decimals)
                then 'must be a number with at most two decimals, 0 or less'
            when column_name = 'max_points' and (number < 0 or not has_two_decimals)
                then 'must be a number with at most two decimals, 0 or more'
            when
                column_name = 'points' and seed = 'inactivity_rules'
                and (number > 0 or not has_two_decimals)
                then 'must be a number with at most two decimals, and negative'
            when column_name = 'points' and not has_two_decimals
                then 'must be a number with at most two decimals'
            when column_name = 'fit_weight' and (is_missing or number not between 0 and 1)
                then 'must be a number from 0 to 1'
            when column_name = 'weight' and (number not between 0 and 100 or not has_two_decimals)
                then 'must be a number from 0 to 100 with at most two decimals'
            when column_name in ('percent', 'floor_percent') and number not between 0 and 100
                then 'must be a number from 0 to 100'
            when column_name = 'exit_margin' and number < 0
                then 'must be 0 or more'
            when
                (column_name in ('after_days', 'rank') and is_missing)
                or (
                    column_name in (
                        'after_days', 'rank', 'priority', 'grace_days', 'expire_days',
                        'respond_within_minutes'
                    )
                    and (number < 0 or not is_whole)
                )
                then 'must be a whole number of at least 0'
            when
                (column_name = 'days' and is_missing)
                or (
                    column_name in (
                        'days', 'max_per_day', 'min_count', 'within_days', 'every_days',
                        'max_times', 'members_needed'
                    )
                    and (number < 1 or not is_whole)
                )
                then 'must be a whole number of at least 1'
        end as problem
    from measured_cells
),

-- a condition that is not read would be one that always holds
unread_cells as (
    {%- for seed in ['fit_rules', 'engagement_rules', 'routing_rules', 'buying_roles'] %}
    select
        '{{ seed }}' as seed,
        {{ lead_scoring.rule_row_key(seed) }} as row_key,
        'attribute' as column_name,
        coalesce(operator, value) as value,
        'is blank beside an operator or a value: name an attribute, or leave them blank too'
            as problem
    from {{ ref('lead_scoring__' ~ seed) }}
    where
        {{ lead_scoring.normalised('attribute') }} is null
        and coalesce(
            {{ lead_scoring.normalised('operator') }}, {{ lead_scoring.normalised('value') }}
        ) is not null
    union all
    {%- endfor %}
    {%- for column, is_of, problem in [
        ('attribute', '=', 'must be blank: a condition of history counts events of a type'),
        ('event_type', '<>', 'must be blank: only conditions of history count events'),
        ('within_days', '<>', 'must be blank: only conditions of history count events'),
    ] %}
    select
        'rule_conditions' as seed,
        {{ lead_scoring.rule_row_key('rule_conditions') }} as row_key,
        '{{ column }}' as column_name,
        {{ lead_scoring.decimal_text(column) if column in lead_scoring.number_columns()
            else column }} as value,
        '{{ problem }}' as problem
    from {{ ref('lead_scoring__rule_conditions') }}
    where
        {{ lead_scoring.normalised(lead_scoring.rule_column('of')) }} {{ is_of }} 'history'
        and {{ column }} is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

final as (
    select
        seed,
        row_key,
        column_name,
        value,
        problem
    from checked_cells
    where problem is not null
    union all
    select * from unread_cells
    union all
    select
        'attributes' as seed,
        {{ lead_scoring.rule_row_key('attributes') }} as row_key,
        'on_merge' as column_name,
        on_merge as value,
        case
            when {{ lead_scoring.normalised(lead_scoring.rule_column('of')) }} = 'event'
                then 'must be blank: events are not merged'
            else 'must be fill or blank: any is for flags'
        end as problem
    from {{ ref('lead_scoring__attributes') }}
    where
        (
            {{ lead_scoring.normalised(lead_scoring.rule_column('of')) }} = 'event'
            and {{ lead_scoring.normalised('on_merge') }} is not null
        )
        or (
            {{ lead_scoring.normalised('on_merge') }} = 'any'
            and {{ lead_scoring.normalised('type') }} <> 'flag'
        )
)

select * from final
