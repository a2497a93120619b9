{#- Whether a text is an e-mail address by its form (0001, number 14).
    In: an expression of text without outer blanks, in lower case. Call: is_mail_address('address').
    Out: a condition. -#}
{% macro is_mail_address(text) -%}
    {%- set blank = ' \t\n\v\f\r' -%}
    {{ lead_scoring.matches_pattern(
        text, '^[^@' ~ blank ~ ']+@[^@.' ~ blank ~ ']+([.][^@.' ~ blank ~ ']+)+$'
    ) }}
{%- endmacro %}
