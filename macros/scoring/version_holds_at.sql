{#- Whether a version of a lead holds at an instant: the latest one at or before it; before the
    earliest, that one.
    In: a timestamp expression; a relation named versions in scope.
    Call: version_holds_at('moments.as_of'). Out: a condition. -#}
{% macro version_holds_at(as_of) -%}
    (versions.is_earliest or versions.holds_since <= {{ as_of }})
    and (versions.holds_until is null or versions.holds_until > {{ as_of }})
{%- endmacro %}
