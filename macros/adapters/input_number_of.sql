{#- The number that a text of an input means, as a decimal with ten places; null where it is none.
    Besides plain numbers these are what people and exports write: groups of thousands with one kind
    of separator, and a currency sign at either end (decision 3).
    In: an expression of trimmed text. Call: input_number_of('annual_revenue').
    Out: a decimal expression. -#}
{% macro input_number_of(text) -%}
    {{ return(adapter.dispatch('input_number_of', 'lead_scoring')(text)) }}
{%- endmacro %}

{% macro default__input_number_of(text) -%}
    {%- set forms = lead_scoring.number_forms() -%}
    {%- set bare = lead_scoring.replaced_pattern(text, forms.currency, '\\1\\2\\3') -%}
    case
        when {{ lead_scoring.matches_pattern(text, '^[+-]?[0-9.]+$') }}
            then {{ lead_scoring.number_of(text) }}
        when {{ lead_scoring.matches_pattern(
            bare, '^[+-]?' ~ forms.digits ~ '([.][0-9]+)?$'
        ) }}
            then {{ lead_scoring.number_of(
                'translate(' ~ bare ~ ", '" ~ forms.separators ~ "', '')"
            ) }}
    end
{%- endmacro %}

{% macro duckdb__input_number_of(text) -%}
    {%- set forms = lead_scoring.number_forms() -%}
    {%- if lead_scoring.is_linted() -%}
    cast({{ text }} as decimal(38, 10))
    {%- else -%}
    case
        {#- nearly all numbers are plain #}
        when {{ lead_scoring.matches_pattern(text, '^[+-]?[0-9.]+$') }}
            then {{ lead_scoring.number_of(text) }}
        else try_cast(
            translate(
                nullif(regexp_extract(
                    regexp_replace({{ text }}, '{{ forms.currency }}', '\1\2\3'),
                    '^[+-]?{{ forms.digits }}([.][0-9]+)?$'
                ), ''),
                '{{ forms.separators }}',
                ''
            ) as decimal(38, 10)
        )
    end
    {%- endif -%}
{%- endmacro %}
