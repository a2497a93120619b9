{#- A select of the area under the ROC curve of each group of leads, by the ranks of their
    ranking_score (Mann-Whitney): the share of pairs of a conversion and another lead in which the
    conversion has the higher score, ties as halves. Null where there are no such pairs.
    In: a relation with ranking_score, known and converted (1 or 0), the columns of the groups.
    Call: areas_under_curve('leads', ['attribute', 'value']).
    Out: a select statement with the columns of the groups and auc, a decimal. -#}
{% macro areas_under_curve(relation, groups) -%}
    select
        {{ groups | join(', ') }},
        {{ lead_scoring.ratio(
            'sum(conversions * others_beaten)', '(2 * sum(conversions) * sum(others))'
        ) }} as auc
    from (
        {{ lead_scoring.placements(relation, groups, 'ranking_score') }}
    ) as placed
    group by {{ groups | join(', ') }}
{%- endmacro %}
