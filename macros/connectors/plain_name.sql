{#- A column's name as tools spell it alike: letters and digits in lower case, without what loaders
    put before the names of a tool's own fields. property_createdate, properties_createdate and
    "Create Date" are one name.
    In: a name. Call: plain_name('Create Date'). Out: a text, for Jinja. -#}
{% macro plain_name(name) %}
    {%- set bare = modules.re.sub('^(property|properties)[_.]', '', name | lower | trim) -%}
    {{ return(modules.re.sub('[^a-z0-9]', '', bare)) }}
{% endmacro %}
