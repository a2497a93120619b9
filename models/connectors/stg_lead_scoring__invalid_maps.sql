-- Rows of event_names and outcome_stages that cannot apply, as int_lead_scoring__invalid_values
-- finds those of rule tables. Commands find more, before a run.
{%- set words = {
    ('event_names', 'attribute'): ['event_name', 'url', 'asset', 'channel'],
    ('event_names', 'operator'): [
        'equals', 'in', 'contains', 'starts_with', 'ends_with', 'has_word', 'is_empty',
        'is_not_empty',
    ],
    ('outcome_stages', 'kind'): [
        'deal_stage', 'deal_state', 'unflagged_stage', 'lifecycle_stage', 'lead_status',
        'lead_state',
    ],
    ('outcome_stages', 'outcome'): lead_scoring.outcomes(),
} %}
{%- set filled = {
    'event_names': ['source', 'event_name'], 'outcome_stages': ['source', 'kind', 'stage'],
} %}

with wrong_words as (
    {%- for (seed, column), known in words.items() %}
    select
        '{{ seed }}' as seed,
        {{ lead_scoring.rule_row_key(seed) }} as row_key,
        '{{ column }}' as column_name,
        {{ column }} as value,
        'must be one of {{ known | join(", ") }}' as problem
    from {{ ref('lead_scoring__' ~ seed) }}
    where {{ lead_scoring.normalised(column) }} not in ('{{ known | join("', '") }}')
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

blanks as (
    {%- for seed, columns in filled.items() %}
    {%- set is_last_seed = loop.last %}
    {%- for column in columns %}
    select
        '{{ seed }}' as seed,
        {{ lead_scoring.rule_row_key(seed) }} as row_key,
        '{{ column }}' as column_name,
        {{ column }} as value,
        'is blank: fill it in' as problem
    from {{ ref('lead_scoring__' ~ seed) }}
    where {{ lead_scoring.normalised(column) }} is null
    {{ 'union all' if not (is_last_seed and loop.last) }}
    {%- endfor %}
    {%- endfor %}
),

halves as (
    select
        'event_names' as seed,
        {{ lead_scoring.rule_row_key('event_names') }} as row_key,
        case
            when {{ lead_scoring.normalised('attribute') }} is null then 'attribute'
            else 'operator'
        end as column_name,
        coalesce(attribute, operator) as value,
        'attribute and operator go together: fill in both or none' as problem
    from {{ ref('lead_scoring__event_names') }}
    where
        case when {{ lead_scoring.normalised('attribute') }} is null then 1 else 0 end
        <> case when {{ lead_scoring.normalised('operator') }} is null then 1 else 0 end
),

final as (
    select * from wrong_words
    union all
    select * from blanks
    union all
    select * from halves
)

select * from final
