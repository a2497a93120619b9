{#- How much more often a group of leads converts than all of them; null where that is not known.
    In: the names of two relations with known_leads and conversions.
    Call: lift_of('bands', 'scorecards'). Out: a decimal expression. -#}
{% macro lift_of(group, whole) -%}
    {{ lead_scoring.ratio(
        group ~ '.conversions * ' ~ whole ~ '.known_leads',
        '(' ~ group ~ '.known_leads * ' ~ whole ~ '.conversions)'
    ) }}
{%- endmacro %}
