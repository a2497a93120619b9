{#- Whether an event belongs to a moment's lead, had occurred and was known at its as_of, and no
    later version of it was.
    In: relations named events and moments in scope. Call: is_known_at_moment().
    Out: a join condition. -#}
{% macro is_known_at_moment() -%}
    events.lead_key = moments.lead_key
    and events.occurred_at <= moments.as_of
    and events.known_at <= moments.as_of
    and (events.superseded_at is null or events.superseded_at > moments.as_of)
{%- endmacro %}
