{#- Of what the project derives each attribute (contract, section 2; int_lead_scoring__lead_versions
    makes them, int_lead_scoring__active_colleagues the last; likelihood is of predictions, and
    known to hand-offs alone).
    Call: sources_of_derived_attributes(). Out: a dictionary of names to lists of columns. -#}
{% macro sources_of_derived_attributes() %}
    {{ return({
        'email_domain': ['email'],
        'email_type': ['email'],
        'seniority': ['job_title'],
        'department': ['job_title'],
        'company_size': ['employee_count'],
        'is_competitor': ['company_domain', 'email', 'company_name'],
        'profile_completeness': [
            'email', 'first_name', 'last_name', 'job_title', 'company_name', 'industry',
            'employee_count', 'country',
        ],
        'name_has_odd_capitals': ['first_name', 'last_name'],
        'name_has_keyboard_run': ['first_name', 'last_name'],
        'name_has_digits': ['first_name', 'last_name'],
        'email_looks_random': ['email'],
        'likelihood': [],
        'active_colleagues': ['account_id', 'company_domain', 'email'],
    }) }}
{% endmacro %}
