{#- The outcomes that the contract knows (section 2).
    Call: outcomes(). Out: a list of texts. -#}
{% macro outcomes() %}
    {{ return([
        'contacted', 'accepted', 'rejected', 'qualified', 'opportunity', 'won', 'lost',
        'disqualified', 'reopened',
    ]) }}
{% endmacro %}
