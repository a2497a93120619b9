{#- The columns that decide scores, hand-offs and likelihoods: descriptions, owners and notes do
    not. First the key of each table, then the others; a table without others has no shorter key.
    All rows of a prediction are one row here, by their fingerprint: training writes hundreds. #}
{%- set columns_of_tables = {
    'attributes': (['attribute', 'of'], ['type', 'known', 'on_merge']),
    'event_types': (['event_type'], ['is_activity', 'is_click']),
    'scorecards': (
        ['scorecard'],
        [
            'segment', 'status', 'priority', 'fit_points_for_100', 'engagement_points_for_100',
            'fit_weight',
        ],
    ),
    'audiences': (['scorecard', 'attribute', 'operator', 'value'], []),
    'signals': (['signal'], ['dimension', 'family', 'matching', 'min_points', 'max_points']),
    'fit_rules': (
        ['rule_id', 'scorecard'],
        ['signal', 'priority', 'attribute', 'operator', 'value', 'points', 'disqualifies'],
    ),
    'engagement_rules': (
        ['rule_id', 'scorecard'],
        [
            'signal', 'priority', 'event_type', 'attribute', 'operator', 'value', 'points', 'award',
            'per', 'max_per_day', 'min_count', 'within_days', 'decay',
        ],
    ),
    'rule_conditions': (
        [
            'rule_id', 'scorecard', 'of', 'event_type', 'within_days', 'attribute', 'operator',
            'value',
        ],
        [],
    ),
    'decay_curves': (
        ['decay'],
        ['method', 'clock', 'days', 'percent', 'grace_days', 'floor_percent', 'expire_days'],
    ),
    'inactivity_rules': (
        ['rule_id', 'scorecard'],
        ['after_days', 'every_days', 'points', 'max_times'],
    ),
    'thresholds': (
        ['scorecard', 'ladder', 'label'],
        ['rank', 'min_total', 'min_fit', 'min_engagement', 'exit_margin'],
    ),
    'routing_rules': (
        ['rule_id', 'scorecard'],
        [
            'stage', 'priority', 'attribute', 'operator', 'value', 'queue', 'action',
            'respond_within_minutes',
        ],
    ),
    'buying_roles': (
        ['role', 'scorecard', 'attribute', 'operator', 'value'],
        ['priority', 'members_needed', 'weight', 'is_required'],
    ),
    'lists': (['list', 'entry'], []),
    'title_keywords': (['keyword'], ['priority', 'seniority', 'department']),
    'predictions': (['prediction'], ['scorecard', 'status', 'horizon_days', 'fingerprint']),
    'prediction_approvals': (['prediction', 'fingerprint', 'approved_at'], []),
} -%}
{%- set flags = ['is_activity', 'is_click', 'disqualifies', 'is_required'] -%}

-- Each rule row as one text, and a key by which it is the same row in another run: what
-- rule_changes compares, and what the fingerprint of the rules is made of. Cells are as a person
-- writes them: numbers without idle zeros, flags as true or false.
with
{%- for seed, (key_columns, other_columns) in columns_of_tables.items() %}
{{ seed }} as (
    select
        {%- for column in key_columns + other_columns %}
        {%- set name = lead_scoring.rule_column(column) %}
        {%- if column in lead_scoring.number_columns() %}
        {{ lead_scoring.decimal_text(name) }} as {{ name }},
        {%- elif column in flags %}
        case when {{ name }} then 'true' when not {{ name }} then 'false' end as {{ name }},
        {%- else %}
        nullif({{ lead_scoring.trimmed(name) }}, '') as {{ name }},
        {%- endif %}
        {%- endfor %}
        '{{ seed }}' as seed
    from {{ ref('lead_scoring__' ~ seed) }}
),
{%- endfor %}

final as (
    {%- for seed, (key_columns, other_columns) in columns_of_tables.items() %}
    select distinct
        seed,
        {%- for column in key_columns %}
        coalesce(lower({{ lead_scoring.rule_column(column) }}), '')
        {{- " || ', ' ||" if not loop.last }}
        {%- endfor %} as row_key,
        {%- for column in key_columns + other_columns %}
        coalesce(
            '{{ '; ' if not loop.first }}{{ column }} '
            || {{ lead_scoring.rule_column(column) }},
            ''
        )
        {{- ' ||' if not loop.last }}
        {%- endfor %} as row_words
    from {{ seed }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from final
