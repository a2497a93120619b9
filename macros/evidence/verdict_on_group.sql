{#- Whether a group of leads converts otherwise than its scores make one expect, by more than chance
    would do in one case of a hundred, in words; too few to say below 40 known leads.
    In: the words for more conversions than expected and for fewer; columns known_leads,
    conversions, expected_conversions and expected_variance in scope.
    Call: verdict_on_group('scored too low', 'scored too high'). Out: a text expression. -#}
{% macro verdict_on_group(more, fewer) -%}
    case
        when known_leads < 40 then 'too few to say'
        when
            conversions - expected_conversions
            > greatest(1, 2.575829303548901 * sqrt(expected_variance))
            then '{{ more }}'
        when
            expected_conversions - conversions
            > greatest(1, 2.575829303548901 * sqrt(expected_variance))
            then '{{ fewer }}'
        else 'no difference'
    end
{%- endmacro %}
