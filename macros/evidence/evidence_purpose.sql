{#- The purpose whose instants the tables of evidence look at, by the var
    lead_scoring_evidence_purpose. It must be one that every lead has once.
    Call: evidence_purpose(). Out: text, for Jinja. -#}
{% macro evidence_purpose() %}
    {% set purposes = ['first_contact', 'first_mql'] %}
    {% for days in lead_scoring.evidence_days() %}
        {% do purposes.append('created_plus_' ~ days ~ '_days') %}
    {% endfor %}
    {% set purpose = var('lead_scoring_evidence_purpose', purposes[2]) %}
    {% if purpose not in purposes %}
        {{ exceptions.raise_compiler_error(
            'lead_scoring_evidence_purpose is ' ~ purpose ~ '. It can be '
            ~ purposes | join(', ') ~ '.'
        ) }}
    {% endif %}
    {{ return(purpose) }}
{% endmacro %}
