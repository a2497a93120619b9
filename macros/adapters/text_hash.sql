{#- A hash of a text that every engine computes alike: MD5, in hexadecimal digits.
    In: a text expression. Call: text_hash('row_words'). Out: a text expression. -#}
{% macro text_hash(text) -%}
    {{ return(adapter.dispatch('text_hash', 'lead_scoring')(text)) }}
{%- endmacro %}

{% macro default__text_hash(text) -%}
    md5({{ text }})
{%- endmacro %}

{#- Its hash has bytes. -#}
{% macro bigquery__text_hash(text) -%}
    to_hex(md5({{ text }}))
{%- endmacro %}
