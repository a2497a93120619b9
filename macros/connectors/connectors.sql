{#- The tools that leads come from, the first one first: the var lead_scoring_sources, in the order
    in which their people come before each other. The linter sees all of them; other is a map of a
    folder's own, which commands alone read.
    Call: connectors(). Out: a list of names, of tools that there is a connector for. -#}
{% macro connectors() %}
    {%- set known = ['hubspot', 'salesforce', 'marketo', 'segment', 'snowplow', 'ga4'] -%}
    {%- set chosen = var('lead_scoring_sources', none) or [] -%}
    {%- set chosen = known if chosen is string else chosen -%}
    {%- for tool in chosen if tool not in known + ['other'] -%}
        {{ exceptions.raise_compiler_error(
            'The var lead_scoring_sources names ' ~ tool ~ ': there is no connector for it. '
            ~ 'Write one or several of ' ~ known | join(', ') ~ '.'
        ) }}
    {%- endfor -%}
    {{ return(chosen) }}
{% endmacro %}
