{#- The domain of a valid mail address; null where the address is none.
    In: an expression of trimmed text in lower case. Call: mail_domain('mail_address').
    Out: a text expression. -#}
{% macro mail_domain(address) -%}
    case
        when {{ lead_scoring.matches_pattern(address, '^[^@\\s]+@[^@\\s.]+([.][^@\\s.]+)+$') }}
            then {{ dbt.split_part(address, "'@'", 2) }}
    end
{%- endmacro %}
