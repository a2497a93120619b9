{#- The host of a web address, without www.: acme.com of https://www.acme.com/about?x=1.
    In: a text expression. Call: web_host('website'). Out: a text expression. -#}
{% macro web_host(text) -%}
    nullif({{ lead_scoring.replaced_pattern(
        lead_scoring.replaced_pattern(
            lead_scoring.replaced_pattern('lower(' ~ text ~ ')', '^[a-z]+://', ''), '^www[.]', ''
        ),
        '[/?#:].*$',
        ''
    ) }}, '')
{%- endmacro %}
