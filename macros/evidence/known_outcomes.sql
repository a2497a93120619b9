{#- The columns that say what became of a group of leads: known leads, conversions, their rate and
    its 95 % interval by Wilson. For a select that is grouped.
    In: the expressions of 1 or 0 that tell known and converted leads.
    Call: known_outcomes('known', 'converted'). Out: columns, for a select. -#}
{% macro known_outcomes(known, converted) -%}
    sum({{ known }}) as known_leads,
    sum({{ converted }}) as conversions,
    {{ lead_scoring.ratio('sum(' ~ converted ~ ')', 'sum(' ~ known ~ ')') }} as conversion_rate,
    {{ lead_scoring.wilson_bound('sum(' ~ converted ~ ')', 'sum(' ~ known ~ ')', 'low') }}
        as rate_low,
    {{ lead_scoring.wilson_bound('sum(' ~ converted ~ ')', 'sum(' ~ known ~ ')', 'high') }}
        as rate_high
{%- endmacro %}
