{#- Whether a version of a moment's lead holds at the moment.
    In: relations named versions and moments in scope. Call: holds_at_moment().
    Out: a join condition. -#}
{% macro holds_at_moment() -%}
    moments.lead_key = versions.lead_key
    and {{ lead_scoring.version_holds_at('moments.as_of') }}
{%- endmacro %}
