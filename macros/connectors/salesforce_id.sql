{#- An id of Salesforce in the form of 15 characters, in which reports write it: the three further
    ones of the other form are computed from them. What stands for no record is null; what is no id
    of Salesforce, such as a name, stays as it is.
    In: a text expression. Call: salesforce_id('who_id'). Out: a text expression. -#}
{% macro salesforce_id(text) -%}
    nullif(
        case
            when {{ lead_scoring.matches_pattern(text, '^[a-zA-Z0-9]{18}$') }}
                then left({{ text }}, 15)
            else {{ text }}
        end,
        '000000000000000'
    )
{%- endmacro %}
