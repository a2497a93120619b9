{#- A select of the reasons of some moments: moment_key, the key of the reason's words
    (int_lead_scoring__reason_words) and points. Reasons of equal words are rows of their own.
    In: a relation with moment_key and scorecard. Call: reasons_of_moments('changes').
    Out: a select statement. -#}
{% macro reasons_of_moments(relation) -%}
    with keys_of_texts as (
        select
            reason_texts.rule_key,
            reason_texts.limited_signal,
            reason_words.words_key
        from {{ ref('int_lead_scoring__reason_texts') }} as reason_texts
        inner join {{ ref('int_lead_scoring__reason_words') }} as reason_words
            on replace(reason_texts.words, chr(10), ' ') = reason_words.words
    )

    select
        reasons.moment_key,
        reasons.points,
        coalesce(keys_of_rules.words_key, keys_of_limits.words_key) as words_key
    from {{ ref('int_lead_scoring__reasons') }} as reasons
    inner join (select distinct moment_key, scorecard from {{ relation }}) as wanted
        on reasons.moment_key = wanted.moment_key and reasons.scorecard = wanted.scorecard
    left join keys_of_texts as keys_of_rules on reasons.rule_key = keys_of_rules.rule_key
    left join keys_of_texts as keys_of_limits
        on
            case when reasons.rule_key is null then reasons.signal end
            = keys_of_limits.limited_signal
    where reasons.points <> 0
{%- endmacro %}
