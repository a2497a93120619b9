{#- One number for a set of rows, whatever their order: the sum of their short hashes.
    In: an expression of a short hash. Call: sum_of_hashes('row_hash').
    Out: an aggregate expression. -#}
{% macro sum_of_hashes(hashes) -%}
    {{ return(adapter.dispatch('sum_of_hashes', 'lead_scoring')(hashes)) }}
{%- endmacro %}

{#- The first twelve hexadecimal digits of each, as a number. -#}
{% macro default__sum_of_hashes(hashes) -%}
    sum(
        {%- for place in range(1, 13) %}
        cast({{ dbt.position('substr(' ~ hashes ~ ', ' ~ place ~ ', 1)', "'0123456789abcdef'") }}
        as decimal(36, 0)) * {{ 16 ** (12 - place) }}{{ ' +' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{#- Its hashes are numbers already. -#}
{% macro duckdb__sum_of_hashes(hashes) -%}
    sum({{ hashes }})
{%- endmacro %}

{#- Its hashes are numbers already. -#}
{% macro postgres__sum_of_hashes(hashes) -%}
    sum({{ hashes }})
{%- endmacro %}
