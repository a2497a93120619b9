{#- Whether conversions are what the past made one expect, in words: broken where they are off by
    more than a quarter and by more than chance would do in one case of a hundred; unknown below 30
    known leads or 5 conversions of the past.
    In: the name of a relation with known_leads, conversions, expected_conversions,
    expected_variance, past_known_leads and past_conversions.
    Call: calibration_verdict('months'). Out: a text expression. -#}
{% macro calibration_verdict(relation) -%}
    case
        when coalesce({{ relation }}.past_known_leads, 0) = 0
            then 'unknown: there are no earlier months to compare with'
        when coalesce({{ relation }}.past_conversions, 0) < 5
            then 'unknown: fewer than 5 conversions in the past'
        when coalesce({{ relation }}.known_leads, 0) < 30
            then 'unknown: fewer than 30 leads with a known outcome'
        when
            abs({{ relation }}.conversions - {{ relation }}.expected_conversions)
            > {{ lead_scoring.normal_quantile(99) }} * sqrt({{ relation }}.expected_variance)
            and abs({{ relation }}.conversions - {{ relation }}.expected_conversions)
            > 0.25 * {{ relation }}.expected_conversions
            then 'broken: '
        else 'holds: '
    end || case
        when
            coalesce({{ relation }}.past_conversions, 0) >= 5
            and coalesce({{ relation }}.known_leads, 0) >= 30
            then
                {{ lead_scoring.percent_in_words(
                    relation ~ '.conversions', relation ~ '.known_leads'
                ) }} || ' converted, expected were '
                || {{ lead_scoring.percent_in_words(
                    relation ~ '.expected_conversions', relation ~ '.known_leads'
                ) }}
        else ''
    end
{%- endmacro %}
