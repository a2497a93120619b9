{#- What single cells of the rule tables must fulfil: seed -> list of (column, condition that must
    hold, what is wrong and how to mend it).
    Call: value_checks(). Out: a dictionary. -#}
{% macro value_checks() %}
    {% set filled = 'is blank: fill it in' %}
    {% set whole = 'must be a whole number of at least ' %}
    {% set decimals = 'must be a number with at most two decimals' %}
    {% set checks = {
        'attributes': [
            ('attribute', 'attribute is not null', filled),
            (
                'of',
                'of is not null and ' ~ lead_scoring.is_one_of('of', ['lead', 'event']),
                'must be lead or event'
            ),
            (
                'type',
                'type is not null and '
                ~ lead_scoring.is_one_of('type', ['text', 'number', 'flag', 'date', 'list']),
                'must be text, number, flag, date or list'
            ),
            (
                'known',
                lead_scoring.is_one_of('known', ['at_creation', 'later', 'after_contact']),
                'must be at_creation, later or after_contact'
            ),
        ],
        'event_types': [('event_type', 'event_type is not null', filled)],
        'scorecards': [
            (
                'scorecard',
                "scorecard is not null and " ~ lead_scoring.trimmed('scorecard') ~ " <> '*'",
                'must be a name, and not *'
            ),
            ('segment', 'segment is not null', filled),
            (
                'status',
                'status is not null and '
                ~ lead_scoring.is_one_of('status', ['live', 'challenger', 'off']),
                'must be live, challenger or off'
            ),
            ('priority', lead_scoring.is_whole('priority', 0), whole ~ '0'),
            (
                'fit_points_for_100',
                'fit_points_for_100 > 0 and ' ~ lead_scoring.has_two_decimals('fit_points_for_100'),
                decimals ~ ' above 0'
            ),
            (
                'engagement_points_for_100',
                'engagement_points_for_100 > 0 and '
                ~ lead_scoring.has_two_decimals('engagement_points_for_100'),
                decimals ~ ' above 0'
            ),
            ('fit_weight', 'fit_weight between 0 and 1', 'must be a number from 0 to 1'),
        ],
        'signals': [
            (
                'dimension',
                'dimension is not null and '
                ~ lead_scoring.is_one_of('dimension', ['fit', 'engagement']),
                'must be fit or engagement'
            ),
            (
                'family',
                'family is not null and '
                ~ lead_scoring.is_one_of('family', lead_scoring.families()),
                'must be a family that the contract names'
            ),
            (
                'matching',
                lead_scoring.is_one_of('matching', ['first', 'sum']),
                'must be first or sum'
            ),
            (
                'min_points',
                'coalesce(min_points <= 0, true) and '
                ~ lead_scoring.has_two_decimals('min_points'),
                decimals ~ ', 0 or less'
            ),
            (
                'max_points',
                'coalesce(max_points >= 0, true) and '
                ~ lead_scoring.has_two_decimals('max_points'),
                decimals ~ ', 0 or more'
            ),
        ],
        'fit_rules': [
            (
                'rule_id',
                "rule_id is not null and rule_id not like '%:%'",
                'must be filled and hold no colon'
            ),
            ('points', lead_scoring.has_two_decimals('points'), decimals),
            ('priority', lead_scoring.is_whole('priority', 0), whole ~ '0'),
        ],
        'engagement_rules': [
            (
                'rule_id',
                "rule_id is not null and rule_id not like '%:%'",
                'must be filled and hold no colon'
            ),
            ('event_type', 'event_type is not null', filled),
            ('points', lead_scoring.has_two_decimals('points'), decimals),
            ('priority', lead_scoring.is_whole('priority', 0), whole ~ '0'),
            ('award', lead_scoring.is_one_of('award', ['each', 'once']), 'must be each or once'),
            ('max_per_day', lead_scoring.is_whole('max_per_day', 1), whole ~ '1'),
            ('min_count', lead_scoring.is_whole('min_count', 1), whole ~ '1'),
            ('within_days', lead_scoring.is_whole('within_days', 1), whole ~ '1'),
        ],
        'inactivity_rules': [
            (
                'rule_id',
                "rule_id is not null and rule_id not like '%:%'",
                'must be filled and hold no colon'
            ),
            (
                'after_days',
                'after_days is not null and ' ~ lead_scoring.is_whole('after_days', 0),
                whole ~ '0'
            ),
            ('every_days', lead_scoring.is_whole('every_days', 1), whole ~ '1'),
            ('max_times', lead_scoring.is_whole('max_times', 1), whole ~ '1'),
            (
                'points',
                'coalesce(points <= 0, true) and ' ~ lead_scoring.has_two_decimals('points'),
                decimals ~ ', and negative'
            ),
        ],
        'rule_conditions': [
            (
                'of',
                'of is not null and ' ~ lead_scoring.is_one_of('of', ['lead', 'event', 'history']),
                'must be lead, event or history'
            ),
            ('within_days', lead_scoring.is_whole('within_days', 1), whole ~ '1'),
            (
                'event_type',
                "coalesce(lower(of) <> 'history', true) or event_type is not null",
                'is blank: a condition of history counts events of a type'
            ),
            (
                'attribute',
                "coalesce(lower(of) = 'history', false) or attribute is not null",
                filled
            ),
        ],
        'decay_curves': [
            (
                'method',
                'method is not null and '
                ~ lead_scoring.is_one_of('method', [
                    'none', 'window', 'linear', 'step_linear', 'step_compound', 'half_life'
                ]),
                'must be a method that the contract names'
            ),
            (
                'clock',
                lead_scoring.is_one_of('clock', ['event', 'activity']),
                'must be event or activity'
            ),
            (
                'days',
                "(days is not null or lower(method) = 'none') and "
                ~ lead_scoring.is_whole('days', 1),
                whole ~ '1'
            ),
            (
                'percent',
                'coalesce(percent between 0 and 100, true)',
                'must be a number from 0 to 100'
            ),
            ('grace_days', lead_scoring.is_whole('grace_days', 0), whole ~ '0'),
            (
                'floor_percent',
                'coalesce(floor_percent between 0 and 100, true)',
                'must be a number from 0 to 100'
            ),
            ('expire_days', lead_scoring.is_whole('expire_days', 0), whole ~ '0'),
        ],
        'thresholds': [
            (
                'ladder',
                'ladder is not null and '
                ~ lead_scoring.is_one_of('ladder', [
                    'stage', 'temperature', 'fit_grade', 'engagement_grade'
                ]),
                'must be stage, temperature, fit_grade or engagement_grade'
            ),
            ('label', 'label is not null', filled),
            ('rank', 'rank is not null and ' ~ lead_scoring.is_whole('rank', 0), whole ~ '0'),
            ('exit_margin', 'coalesce(exit_margin >= 0, true)', 'must be 0 or more'),
        ],
        'routing_rules': [
            ('rule_id', 'rule_id is not null', filled),
            ('priority', lead_scoring.is_whole('priority', 0), whole ~ '0'),
            (
                'respond_within_minutes',
                lead_scoring.is_whole('respond_within_minutes', 0),
                whole ~ '0'
            ),
        ],
        'lists': [('entry', 'list is not null and entry is not null', filled)],
        'title_keywords': [
            ('keyword', 'keyword is not null', filled),
            ('priority', lead_scoring.is_whole('priority', 0), whole ~ '0'),
        ],
    } %}
    {{ return(checks) }}
{% endmacro %}
