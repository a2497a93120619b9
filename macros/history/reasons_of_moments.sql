{#- A select of the reasons of some moments in words, as the record keeps them: moment_key, words
    (without line breaks) and points. Reasons of equal words are one.
    In: a relation with moment_key and scorecard. Call: reasons_of_moments('changes').
    Out: a select statement. -#}
{% macro reasons_of_moments(relation) -%}
    with signals as (
        select
            {{ lead_scoring.normalised('signal') }} as signal,
            coalesce(
                {{ lead_scoring.trimmed('description') }}, {{ lead_scoring.normalised('signal') }}
            ) as description
        from {{ ref('lead_scoring__signals') }}
    ),

    reasons_in_words as (
        select
            reasons.moment_key,
            reasons.points,
            replace(
                coalesce(rule_words.words, 'Limit of ' || signals.description), chr(10), ' '
            ) as words
        from {{ ref('int_lead_scoring__reasons') }} as reasons
        inner join (select distinct moment_key, scorecard from {{ relation }}) as wanted
            on reasons.moment_key = wanted.moment_key and reasons.scorecard = wanted.scorecard
        left join {{ ref('int_lead_scoring__rule_words') }} as rule_words
            on reasons.rule_key = rule_words.rule_key
        left join signals on reasons.signal = signals.signal
        where reasons.points <> 0
    )

    select
        moment_key,
        words,
        cast(sum(points) as decimal(18, 4)) as points
    from reasons_in_words
    group by moment_key, words
{%- endmacro %}
