{#- Whether a version of a lead holds at a moment: the latest one at or before as_of; before the
    earliest, that one.
    In: relations named versions and moments in scope. Call: holds_at_moment().
    Out: a join condition. -#}
{% macro holds_at_moment() -%}
    moments.lead_key = versions.lead_key
    and (versions.is_earliest or versions.holds_since <= moments.as_of)
    and (versions.holds_until is null or versions.holds_until > moments.as_of)
{%- endmacro %}
