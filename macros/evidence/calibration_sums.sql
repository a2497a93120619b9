{#- What the past made one expect of a group of bands, and how far that can be off by chance: sums
    over bands, for a select that is grouped. Terms are decimals, so that their order is all one.
    In: expressions of the band's known leads and of its past ones; column expected_rate in scope.
    Call: calibration_sums('known_leads', 'past_known_leads').
    Out: columns expected_conversions and expected_variance, for a select. -#}
{% macro calibration_sums(leads, past_leads) -%}
    {%- set variance = leads ~ ' * expected_rate * (1 - expected_rate) * (1 + cast(' ~ leads
        ~ ' as ' ~ lead_scoring.type_name('double') ~ ') / (' ~ past_leads ~ ' + 2))' %}
    sum(cast({{ lead_scoring.rounded(leads ~ ' * expected_rate', 9) }} as decimal(28, 9)))
        as expected_conversions,
    sum(cast({{ lead_scoring.rounded(variance, 9) }} as decimal(28, 9))) as expected_variance
{%- endmacro %}
