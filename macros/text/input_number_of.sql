{#- The number that a text of an input means, as a decimal with ten places; null where it is none.
    Besides plain numbers these are what people and exports write: groups of thousands with one kind
    of separator, and a currency sign at either end (0001, number 3).
    In: an expression of trimmed text. Call: input_number_of('annual_revenue').
    Out: a decimal expression. -#}
{% macro input_number_of(text) -%}
    {%- set forms = lead_scoring.number_forms() -%}
    {%- set bare = lead_scoring.replaced_pattern(text, forms.currency, '\\1\\2\\3') -%}
    {%- if lead_scoring.is_linted() -%}
    cast({{ text }} as {{ lead_scoring.type_name('decimal', 38, 10) }})
    {%- else -%}
    case
        when {{ lead_scoring.matches_pattern(text, '^[+-]?[0-9.]+$') }}
            then {{ lead_scoring.number_of(text) }}
        when {{ lead_scoring.matches_pattern(
            bare, '^[+-]?' ~ forms.digits ~ '([.][0-9]+)?$'
        ) }}
            then {{ lead_scoring.number_of(
                'translate(' ~ bare ~ ", '" ~ dbt.escape_single_quotes(forms.separators) ~ "', '')"
            ) }}
    end
    {%- endif -%}
{%- endmacro %}
