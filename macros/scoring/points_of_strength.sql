{#- The points in a strength of int_lead_scoring__top_reasons: its ten-thousandths of points are
    multiplied by the number of texts, and the text's own number is added. Exact in doubles: the
    quotient is a whole number.
    In: expressions of a strength and of the number of texts.
    Call: points_of_strength('strongest.ups[1]', 'numbers.texts'). Out: a decimal(18, 4) expression,
    not negative. -#}
{% macro points_of_strength(strength, texts) -%}
    cast(
        cast(
            round(
                ({{ strength }} - mod({{ strength }}, {{ texts }}))
                / cast({{ texts }} as double precision),
                0
            ) as bigint
        ) * 0.0001 as decimal(18, 4)
    )
{%- endmacro %}
