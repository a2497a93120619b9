{#- How many leads of a scorecard sales can take in a week, by the var lead_scoring_weekly_capacity:
    a number for all leads together (the scorecard `*`), or a mapping of scorecards to numbers. Null
    where nothing is stated.
    In: an expression of the scorecard. Call: weekly_capacity('scorecard').
    Out: a whole-number expression. -#}
{% macro weekly_capacity(scorecard) -%}
    {%- set stated = var('lead_scoring_weekly_capacity', none) or {} -%}
    {%- set capacities = stated if stated is mapping else {'*': stated} -%}
    cast(
        case
            {%- for name, leads in capacities.items() %}
            when {{ scorecard }} = '{{ dbt.escape_single_quotes(name | lower) }}'
                then {{ leads | int }}
            {%- endfor %}
            when false then 0
        end as integer
    )
{%- endmacro %}
