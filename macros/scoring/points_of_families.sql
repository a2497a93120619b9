{#- A select of the points of each moment and scorecard in one dimension, by family: moment_key,
    scorecard, a column for each family, and inactivity_points (in the dimension engagement).
    In: dimension (fit or engagement). Call: points_of_families('fit'). Out: a select statement. -#}
{% macro points_of_families(dimension) -%}
    with signals as (
        select
            {{ lead_scoring.normalised('signal') }} as signal,
            {{ lead_scoring.normalised('family') }} as family
        from {{ ref('lead_scoring__signals') }}
        where {{ lead_scoring.normalised('dimension') }} = '{{ dimension }}'
    ),

    reasons as (
        select
            reasons.moment_key,
            reasons.scorecard,
            reasons.points,
            coalesce(signals.family, 'inactivity') as family
        from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__reasons')) }} as reasons
        {{ 'inner' if dimension == 'fit' else 'left' }} join signals
            on reasons.signal = signals.signal
        {%- if dimension == 'engagement' %}
        where reasons.signal is null or signals.signal is not null
        {%- endif %}
    )

    select
        {%- for family in lead_scoring.families() + ['inactivity'] %}
        {%- if dimension == 'engagement' or family != 'inactivity' %}
        cast(sum(case when family = '{{ family }}' then points else 0 end) as decimal(18, 4))
            as {{ family }}_points,
        {%- endif %}
        {%- endfor %}
        moment_key,
        scorecard
    from reasons
    group by moment_key, scorecard
{%- endmacro %}
