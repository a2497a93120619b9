{#- The git commit of the rule tables, where whoever runs dbt says it (the scripts do, by the
    environment variable LEAD_SCORING_RULES_COMMIT).
    Call: rules_commit(). Out: text of letters, digits and +, or nothing. -#}
{% macro rules_commit() -%}
    {{ modules.re.sub('[^0-9a-zA-Z+]', '', env_var('LEAD_SCORING_RULES_COMMIT', '')) }}
{%- endmacro %}
