{#- A select of the keys of rule tables that several rows have, with the columns of invalid_rules.
    Rule ids are looked at elsewhere: they are unique over three tables.
    Call: repeated_keys(). Out: a select statement. -#}
{% macro repeated_keys() -%}
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
    } -%}
    {%- for seed, columns in keys.items() %}
    select
        '{{ seed }}' as seed,
        min({{ lead_scoring.rule_row_key(seed) }}) as row_key,
        '{{ columns | join(", ") }}' as column_name,
        cast(count(*) as varchar) as value,
        'rows have this key: keep one' as problem
    from {{ ref('lead_scoring__' ~ seed) }}
    group by
        {%- for column in columns %}
        {{ lead_scoring.normalised(column) }}{{ ',' if not loop.last }}
        {%- endfor %}
    having count(*) > 1
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
