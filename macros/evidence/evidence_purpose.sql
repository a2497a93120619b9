{#- The purpose whose instants the tables of evidence look at, by the var
    lead_scoring_evidence_purpose: one that every lead has once. Not given, it is the latest of
    those after creation, created_plus_30_days.
    Call: evidence_purpose(). Out: text, for Jinja. -#}
{% macro evidence_purpose() %}
    {% set purposes = ['first_contact', 'first_mql'] %}
    {% for days in lead_scoring.evidence_days() %}
        {% do purposes.append('created_plus_' ~ days ~ '_days') %}
    {% endfor %}
    {% set purpose = var('lead_scoring_evidence_purpose', none) or purposes[-1] %}
    {% if purpose not in purposes %}
        {{ exceptions.raise_compiler_error(
            'lead_scoring_evidence_purpose is ' ~ purpose ~ '. It can be '
            ~ purposes | join(', ') ~ '.'
        ) }}
    {% endif %}
    {{ return(purpose) }}
{% endmacro %}
