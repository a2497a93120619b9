{#- The instant that a run speaks about, as a UTC timestamp: the var lead_scoring_as_of, else what
    the environment variable of that name holds, else the demo's fixed instant where this project
    scores its own demo, else the run's start. The environment is not asked while dbt reads the
    project, which it would have to do again at each new instant; ./scripts/score passes it so.
    Call: as_of(). Out: a timestamp expression. -#}
{% macro as_of() -%}
    {%- set given = var('lead_scoring_as_of', none) -%}
    {%- if given is none and execute -%}
        {%- set given = env_var('LEAD_SCORING_AS_OF', '') or none -%}
    {%- endif -%}
    {%- if given is none and lead_scoring.is_demo() -%}
        {%- set given = '2026-06-30T12:00:00Z' -%}
    {%- elif given is none -%}
        {%- set given = run_started_at.strftime('%Y-%m-%dT%H:%M:%S.%f') -%}
    {%- endif -%}
    {{ lead_scoring.read_time("'" ~ given ~ "'") }}
{%- endmacro %}
