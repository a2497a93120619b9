{#- The whole number of at least 0 that a text of an input means, as a decimal with ten places; null
    where it is none. Of a range ("51-200") and of an open end ("10,000+") it is the lower end
    (0001, number 3).
    In: an expression of trimmed text. Call: input_whole_of('employee_count').
    Out: a decimal expression. -#}
{% macro input_whole_of(text) -%}
    {%- set type = lead_scoring.type_name('decimal', 38, 10) -%}
    {%- set forms = lead_scoring.number_forms() -%}
    {#- of a range three digits behind a point may be thousands: 1.000-5.000 -#}
    {%- set end = forms.digits ~ '([.]00?)?' -%}
    {%- set range = '^([+]?' ~ forms.digits ~ ')([.]0+|([.]00?)?( *[-–] *' ~ end ~ '| *[+]))?$' -%}
    {%- set bare = lead_scoring.replaced_pattern(text, forms.currency, '\\1\\2\\3') -%}
    {%- if lead_scoring.is_linted() -%}
    cast({{ text }} as {{ type }})
    {%- else -%}
    case
        when {{ lead_scoring.matches_pattern(text, '^[0-9]{1,10}$') }}
            then cast(cast({{ text }} as decimal(18, 8)) as {{ type }})
        when {{ lead_scoring.matches_pattern(bare, range) }}
            then {{ lead_scoring.number_of(
                'translate(' ~ lead_scoring.replaced_pattern(bare, range, '\\1')
                ~ ", '" ~ dbt.escape_single_quotes(forms.separators) ~ "', '')"
            ) }}
    end
    {%- endif -%}
{%- endmacro %}
