{#- A text that is another where the short hashes of this database are others, as they may be in
    another version of it: the hash of a word. Call: hashes_in_use(). Out: a text expression. -#}
{% macro hashes_in_use() -%}
    cast({{ lead_scoring.short_hash(["'lead_scoring'"]) }} as {{ lead_scoring.type_name('text') }})
{%- endmacro %}
