{#- The columns of the score log whose change makes a row. Call: score_log_values().
    Out: a list of names. -#}
{% macro score_log_values() %}
    {{ return([
        'scorecard', 'segment', 'status', 'stage', 'temperature', 'fit_grade', 'engagement_grade',
        'total_score', 'fit_score', 'engagement_score', 'is_disqualified', 'merged_into_lead_id',
    ]) }}
{% endmacro %}
