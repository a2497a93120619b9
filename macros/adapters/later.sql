{#- A timestamp so much later.
    In: a unit from microsecond to day, an expression of a whole number, a timestamp expression (or
    a date, for days). Call: later('day', 30, 'exists_from').
    Out: a timestamp expression; of a date too, on some engines. -#}
{% macro later(unit, number, timestamp) -%}
    {{ return(adapter.dispatch('later', 'lead_scoring')(unit, number, timestamp)) }}
{%- endmacro %}

{% macro default__later(unit, number, timestamp) -%}
    {{ dbt.dateadd(unit, number, timestamp) }}
{%- endmacro %}

{#- dbt's own drops fractions of a second there. -#}
{% macro spark__later(unit, number, timestamp) -%}
    timestampadd({{ unit }}, {{ number }}, {{ timestamp }})
{%- endmacro %}

{#- dbt's own makes a datetime of it there, which no timestamp can be compared with. -#}
{% macro bigquery__later(unit, number, timestamp) -%}
    timestamp_add(cast({{ timestamp }} as timestamp), interval {{ number }} {{ unit }})
{%- endmacro %}
