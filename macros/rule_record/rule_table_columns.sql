{#- The columns of each rule table that decide scores and hand-offs (descriptions, owners and notes
    do not), keys first, and how many make the key; 0: all of them.
    Call: rule_table_columns(). Out: a dictionary seed -> (columns, number of key columns). -#}
{% macro rule_table_columns() %}
    {{ return({
        'attributes': (['attribute', 'of', 'type', 'known'], 2),
        'event_types': (['event_type', 'is_activity', 'is_click'], 1),
        'scorecards': (
            [
                'scorecard', 'segment', 'status', 'priority', 'fit_points_for_100',
                'engagement_points_for_100', 'fit_weight',
            ], 1
        ),
        'audiences': (['scorecard', 'attribute', 'operator', 'value'], 0),
        'signals': (['signal', 'dimension', 'family', 'matching', 'min_points', 'max_points'], 1),
        'fit_rules': (
            [
                'rule_id', 'scorecard', 'signal', 'priority', 'attribute', 'operator', 'value',
                'points', 'disqualifies',
            ], 2
        ),
        'engagement_rules': (
            [
                'rule_id', 'scorecard', 'signal', 'priority', 'event_type', 'attribute', 'operator',
                'value', 'points', 'award', 'max_per_day', 'min_count', 'within_days', 'decay',
            ], 2
        ),
        'rule_conditions': (
            [
                'rule_id', 'scorecard', 'of', 'event_type', 'within_days', 'attribute', 'operator',
                'value',
            ], 0
        ),
        'decay_curves': (
            [
                'decay', 'method', 'clock', 'days', 'percent', 'grace_days', 'floor_percent',
                'expire_days',
            ], 1
        ),
        'inactivity_rules': (
            ['rule_id', 'scorecard', 'after_days', 'every_days', 'points', 'max_times'], 2
        ),
        'thresholds': (
            [
                'scorecard', 'ladder', 'label', 'rank', 'min_total', 'min_fit', 'min_engagement',
                'exit_margin',
            ], 3
        ),
        'routing_rules': (
            [
                'rule_id', 'scorecard', 'stage', 'priority', 'attribute', 'operator', 'value',
                'queue', 'action', 'respond_within_minutes',
            ], 2
        ),
        'lists': (['list', 'entry'], 2),
        'title_keywords': (['keyword', 'priority', 'seniority', 'department'], 1),
    }) }}
{% endmacro %}
