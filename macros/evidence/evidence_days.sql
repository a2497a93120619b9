{#- The days after creation at which leads are scored for evidence, by the var
    lead_scoring_evidence_days (7 and 30).
    Call: evidence_days(). Out: a list of whole numbers, for Jinja. -#}
{% macro evidence_days() %}
    {% set days = [] %}
    {% for day in var('lead_scoring_evidence_days', [7, 30]) %}
        {% do days.append(day | int) %}
    {% endfor %}
    {{ return(days | unique | sort) }}
{% endmacro %}
