{#- The text by which an analyst finds a row of a rule table.
    In: the seed's contract name. Call: rule_row_key('thresholds'). Out: a text expression. -#}
{% macro rule_row_key(seed) %}
    {% set columns = {
        'attributes': ['attribute', 'of'],
        'event_types': ['event_type'],
        'scorecards': ['scorecard'],
        'audiences': ['scorecard', 'attribute'],
        'signals': ['signal'],
        'fit_rules': ['rule_id', 'scorecard'],
        'engagement_rules': ['rule_id', 'scorecard'],
        'rule_conditions': ['rule_id', 'scorecard'],
        'decay_curves': ['decay'],
        'inactivity_rules': ['rule_id', 'scorecard'],
        'thresholds': ['scorecard', 'ladder', 'label'],
        'routing_rules': ['rule_id', 'scorecard'],
        'buying_roles': ['role', 'scorecard'],
        'lists': ['list', 'entry'],
        'title_keywords': ['keyword'],
        'predictions': ['prediction'],
        'prediction_features': ['prediction', 'feature'],
        'prediction_bins': ['prediction', 'feature'],
        'prediction_calibration': ['prediction'],
        'prediction_approvals': ['prediction'],
        'event_names': ['source', 'event_name'],
        'outcome_stages': ['source', 'kind', 'stage'],
    }[seed] %}
    {% set expressions = [] %}
    {% for column in columns %}
        {% set cell = lead_scoring.trimmed(lead_scoring.rule_column(column)) %}
        {% do expressions.append('coalesce(' ~ cell ~ ", '(blank)')") %}
    {% endfor %}
    {{ return(expressions | join(" || ', ' || ")) }}
{% endmacro %}
