{#- 100 * points / points_for_100, held between 0 and 100, with six decimals, half away from zero
    (contract, section 4: scores). Whole numbers are divided, so that a tie is a tie on every
    engine.
    In: decimal(18, 4) and decimal(12, 2) expressions.
    Call: score_of_points('fit_points', 'fit_points_for_100'). Out: a decimal(9, 6) expression. -#}
{% macro score_of_points(points, points_for_100) -%}
    case
        when {{ points }} <= 0 then cast(0 as decimal(9, 6))
        when {{ points }} >= {{ points_for_100 }} then cast(100 as decimal(9, 6))
        else cast(
            cast(
                {{ lead_scoring.divided_half_up(
                    'cast(' ~ points ~ ' * 10000 as decimal(22, 0)) * 1000000',
                    'cast(' ~ points_for_100 ~ ' * 100 as decimal(14, 0))'
                ) }} as decimal(18, 0)
            ) * cast(0.000001 as decimal(7, 6)) as decimal(9, 6)
        )
    end
{%- endmacro %}
