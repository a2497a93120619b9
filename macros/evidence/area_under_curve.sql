{#- The area under the ROC curve by ranks (Mann-Whitney), of the placements of a group: the share of
    pairs of a conversion and another lead in which the conversion has the higher score, ties as
    halves. Null where there are no such pairs.
    In: a relation with the columns of placements. Call: area_under_curve('placed').
    Out: a decimal expression, for a select that is grouped. -#}
{% macro area_under_curve(placed) -%}
    {{ lead_scoring.ratio(
        'sum(' ~ placed ~ '.conversions * ' ~ placed ~ '.others_beaten)',
        '(2 * sum(' ~ placed ~ '.conversions) * sum(' ~ placed ~ '.others))'
    ) }}
{%- endmacro %}
