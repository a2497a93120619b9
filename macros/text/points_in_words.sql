{#- Points as a person reads them: whole where they are whole, else with one decimal.
    In: a decimal expression. Call: points_in_words('points'). Out: a text expression. -#}
{% macro points_in_words(points) -%}
    case
        when {{ points }} = cast({{ points }} as bigint)
            then cast(cast({{ points }} as bigint) as {{ lead_scoring.type_name('text') }})
        else
            cast(
                cast(round({{ points }}, 1) as decimal(18, 1))
                as {{ lead_scoring.type_name('text') }}
            )
    end
{%- endmacro %}
