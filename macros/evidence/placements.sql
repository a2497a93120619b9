{#- A select of the scores of each group of leads, with how many leads that converted and how many
    others have the score, and where it places them: others_beaten is twice the number of others
    with a lower score, and once those with the same; conversions_above likewise counts
    conversions with a higher one. They are whole numbers, so that ties are exact.
    In: a relation with known and converted (1 or 0), the columns of the groups, the score's column.
    Call: placements('scored_outcomes', ['scorecard'], 'ranking_score').
    Out: a select statement. -#}
{% macro placements(relation, groups, score) -%}
    select
        {{ groups | join(', ') }},
        {{ score }},
        sum(converted) as conversions,
        sum(1 - converted) as others,
        2 * sum(sum(1 - converted)) over (
            partition by {{ groups | join(', ') }} order by {{ score }}
            rows unbounded preceding
        ) - sum(1 - converted) as others_beaten,
        2 * sum(sum(converted)) over (
            partition by {{ groups | join(', ') }} order by {{ score }} desc
            rows unbounded preceding
        ) - sum(converted) as conversions_above
    from {{ relation }}
    where known = 1
    group by {{ groups | join(', ') }}, {{ score }}
{%- endmacro %}
