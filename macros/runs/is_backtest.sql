{#- Whether the run scores moments that were asked for, or honest instants, and not the leads as
    they stand: then it leaves history, stages and hand-offs alone.
    Call: is_backtest(). Out: a boolean, for Jinja. -#}
{% macro is_backtest() %}
    {% set is_asked = var('lead_scoring_moments', none) or var('lead_scoring_evidence', false) %}
    {{ return(true if is_asked else false) }}
{% endmacro %}
