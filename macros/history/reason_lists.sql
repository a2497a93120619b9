{#- A select of the reasons of some moments as the score log keeps them: moment_key and reasons, a
    text of lines 'points words_key'.
    In: a relation with moment_key and scorecard. Call: reason_lists('changes').
    Out: a select statement. -#}
{% macro reason_lists(relation) -%}
    with reasons as (
        {{ lead_scoring.reasons_of_moments(relation) }}
    )

    select
        moment_key,
        {{ lead_scoring.sorted_lines("points || ' ' || words_key") }} as reasons
    from reasons
    group by moment_key
{%- endmacro %}
