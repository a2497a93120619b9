{#- A quotient of two whole, non-negative numbers, rounded half up to a whole number without passing
    through a double.
    In: numerator, denominator (> 0). Call: divided_half_up('points * 100', 'points_for_100').
    Out: a whole-number expression. -#}
{% macro divided_half_up(numerator, denominator) -%}
    {{ return(adapter.dispatch('divided_half_up', 'lead_scoring')(numerator, denominator)) }}
{%- endmacro %}

{#- What is divided is a multiple of the divisor, so that no engine rounds. -#}
{% macro default__divided_half_up(numerator, denominator) -%}
    {%- set type = lead_scoring.type_name('decimal', 36, 0) -%}
    {%- set divisor = '(2 * cast(' ~ denominator ~ ' as ' ~ type ~ '))' -%}
    {%- set doubled = '(2 * cast(' ~ numerator ~ ' as ' ~ type ~ ') + cast('
        ~ denominator ~ ' as ' ~ type ~ '))' -%}
    cast(({{ doubled }} - mod({{ doubled }}, {{ divisor }})) / {{ divisor }} as {{ type }})
{%- endmacro %}

{#- Whole numbers of 128 bits divide faster than decimals. -#}
{% macro duckdb__divided_half_up(numerator, denominator) -%}
    (
        (2 * cast({{ numerator }} as hugeint) + cast({{ denominator }} as hugeint))
        // (2 * cast({{ denominator }} as hugeint))
    )
{%- endmacro %}

{#- The longer the divisor may be, the more decimals it keeps of the quotient, and the fewer digits
    before them: of 38 and 38 digits a quotient of 21 has no room, and is null. -#}
{% macro spark__divided_half_up(numerator, denominator) -%}
    {%- set divisor = 'cast(2 * cast(' ~ denominator
        ~ ' as decimal(19, 0)) as decimal(20, 0))' -%}
    {%- set doubled = '(2 * cast(' ~ numerator ~ ' as decimal(36, 0)) + cast(' ~ denominator
        ~ ' as decimal(20, 0)))' -%}
    cast(
        ({{ doubled }} - mod({{ doubled }}, {{ divisor }})) / {{ divisor }} as decimal(36, 0)
    )
{%- endmacro %}
