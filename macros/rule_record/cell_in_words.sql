{#- A cell of a rule table as a person writes it: numbers without idle zeros, flags as true or
    false, nothing for a blank cell.
    In: a column's name. Call: cell_in_words('points'). Out: a text expression. -#}
{% macro cell_in_words(column) -%}
    {%- set numbers = [
        'priority', 'fit_points_for_100', 'engagement_points_for_100', 'fit_weight', 'min_points',
        'max_points', 'points', 'max_per_day', 'min_count', 'within_days', 'days', 'percent',
        'grace_days', 'floor_percent', 'expire_days', 'after_days', 'every_days', 'max_times',
        'rank', 'min_total', 'min_fit', 'min_engagement', 'exit_margin', 'respond_within_minutes',
    ] -%}
    {%- if column in numbers -%}
        rtrim(rtrim(cast(cast({{ column }} as decimal(38, 10)) as varchar), '0'), '.')
    {%- elif column in ['is_activity', 'is_click', 'disqualifies'] -%}
        case when {{ column }} then 'true' when not {{ column }} then 'false' end
    {%- else -%}
        nullif({{ lead_scoring.trimmed(column) }}, '')
    {%- endif -%}
{%- endmacro %}
