{#- A select of what signals keep of the points of rules, and what limits take or give, with a blank
    rule_key (contract, section 4: signal).
    In: a relation of rules that apply, with keys, signal_key, rule_key, place, is_first_only,
    is_limited and points; one of signals with signal_key, min_points and max_points; the columns
    that tell whose points these are.
    Call: points_after_signals('points_of_scorecards', 'signals_of_scorecards', ['moment_key']).
    Out: a select statement with the keys, signal_key, rule_key and points. -#}
{% macro points_after_signals(points, signals, keys) -%}
    {%- set keys = keys | join(', ') -%}
    with points_that_count as (
        select
            {{ keys }},
            signal_key,
            rule_key,
            is_limited,
            points
        from {{ points }}
        where not is_first_only
        union all
        select
            {{ keys }},
            signal_key,
            {{ lead_scoring.value_of_least('rule_key', 'place', 'bigint') }} as rule_key,
            is_limited,
            {{ lead_scoring.value_of_least('points', 'place', 'decimal(18, 4)') }} as points
        from {{ points }}
        where is_first_only
        group by {{ keys }}, signal_key, is_limited
    ),

    limited_points as (
        select
            {{ keys }},
            signal_key,
            sum(points) as points
        from points_that_count
        where is_limited
        group by {{ keys }}, signal_key
    ),

    limited_signals as (
        select
            limited_points.*,
            signals.min_points,
            signals.max_points
        from limited_points
        inner join {{ signals }} as signals on limited_points.signal_key = signals.signal_key
        where
            limited_points.points < signals.min_points
            or limited_points.points > signals.max_points
    )

    select
        {{ keys }},
        signal_key,
        rule_key,
        points
    from points_that_count
    union all
    select
        {{ keys }},
        signal_key,
        cast(null as bigint) as rule_key,
        cast(greatest(min_points, least(max_points, points)) - points as decimal(18, 4)) as points
    from limited_signals
{%- endmacro %}
