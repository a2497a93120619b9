{#- The columns of rule tables that hold numbers. Call: number_columns(). Out: a list of names. -#}
{% macro number_columns() %}
    {{ return([
        'priority', 'fit_points_for_100', 'engagement_points_for_100', 'fit_weight', 'min_points',
        'max_points', 'points', 'max_per_day', 'min_count', 'within_days', 'days', 'percent',
        'grace_days', 'floor_percent', 'expire_days', 'after_days', 'every_days', 'max_times',
        'rank', 'min_total', 'min_fit', 'min_engagement', 'exit_margin', 'respond_within_minutes',
        'members_needed', 'weight', 'horizon_days',
    ]) }}
{% endmacro %}
