{#- The three greatest values of a group, the greatest first.
    In: an expression of whole numbers, a condition that says which rows count.
    Call: greatest_three('strength', 'is_up'). Out: an aggregate expression of an array; [1] to [3]
    read it, and are null where there are fewer. -#}
{% macro greatest_three(value, condition) -%}
    {{ return(adapter.dispatch('greatest_three', 'lead_scoring')(value, condition)) }}
{%- endmacro %}

{% macro default__greatest_three(value, condition) -%}
    max({{ value }}, 3) filter (where {{ condition }})
{%- endmacro %}
