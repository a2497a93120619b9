{#- The names of the attributes that the project derives (contract, section 2;
    int_lead_scoring__lead_versions makes them, int_lead_scoring__active_colleagues the last).
    Call: derived_attributes(). Out: a list of names. -#}
{% macro derived_attributes() %}
    {{ return([
        'email_domain', 'email_type', 'seniority', 'department', 'company_size', 'is_competitor',
        'profile_completeness',
        'name_has_odd_capitals', 'name_has_keyboard_run', 'name_has_digits', 'email_looks_random',
        'active_colleagues',
    ]) }}
{% endmacro %}
