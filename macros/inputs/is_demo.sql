{#- Whether a run scores this project's own demo: embedded, with no folder of someone's data.
    Call: is_demo(). Out: a boolean, for Jinja. -#}
{% macro is_demo() %}
    {{ return(
        target.profile_name == 'lead_scoring'
        and target.type == 'duckdb'
        and env_var('LEAD_SCORING_DATA', '') == ''
    ) }}
{% endmacro %}
