{#- A select of the three strongest reasons for points of some moments, as one text: moment_key and
    reasons. Reasons of equal words are one. Moments without such a reason are left out.
    In: a relation with moment_key and scorecard. Call: strongest_reasons('routes').
    Out: a select statement. -#}
{% macro strongest_reasons(relation) -%}
    with reasons_of_moments as (
        {{ lead_scoring.reasons_of_moments(relation) }}
    ),

    reasons_in_words as (
        select
            reasons_of_moments.moment_key,
            reason_words.words,
            sum(reasons_of_moments.points) as points
        from reasons_of_moments
        inner join {{ ref('int_lead_scoring__reason_words') }} as reason_words
            on reasons_of_moments.words_key = reason_words.words_key
        group by reasons_of_moments.moment_key, reason_words.words
    ),

    ranked_reasons as (
        select
            moment_key,
            words || ' (+' || {{ lead_scoring.points_in_words('points') }} || ')' as reason,
            row_number() over (partition by moment_key order by points desc, words) as place
        from reasons_in_words
        where points > 0
    )

    select
        moment_key,
        {{ lead_scoring.ordered_texts('reason', "'; '", 'place') }} as reasons
    from ranked_reasons
    where place <= 3
    group by moment_key
{%- endmacro %}
