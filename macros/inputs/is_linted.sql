{#- Whether the SQL is written for SQLFluff (target lint). It judges what a model writes itself and
    not what macros make of it, but parses both: so macros whose text is long are short for it.
    Call: is_linted(). Out: a boolean, for Jinja. -#}
{% macro is_linted() %}
    {{ return(target.name == 'lint') }}
{% endmacro %}
