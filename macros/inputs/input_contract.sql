{#- What the contract says about an input table: its columns in the contract's order, those that are
    required, ids and times.
    In: table (leads, events, outcomes, lead_merges). Call: input_contract('events').times.
    Out: a dictionary of lists. -#}
{% macro input_contract(table) %}
    {% set contracts = {
        'leads': {
            'columns': [
                'lead_id', 'created_at', 'email', 'first_name', 'last_name', 'job_title',
                'company_name', 'company_domain', 'account_id', 'industry', 'employee_count',
                'annual_revenue', 'country', 'region', 'city', 'technologies',
                'budget_authority', 'lead_source', 'product_interest', 'updated_at', 'deleted_at',
            ],
            'required': ['lead_id', 'created_at'],
            'ids': ['lead_id', 'account_id'],
            'times': ['created_at', 'updated_at', 'deleted_at'],
        },
        'events': {
            'columns': [
                'event_id', 'lead_id', 'event_type', 'occurred_at', 'loaded_at', 'channel', 'url',
                'asset', 'session_id', 'user_agent', 'is_bot', 'quantity',
            ],
            'required': ['event_id', 'lead_id', 'event_type', 'occurred_at'],
            'ids': ['event_id', 'lead_id'],
            'times': ['occurred_at', 'loaded_at'],
        },
        'outcomes': {
            'columns': [
                'lead_id', 'outcome', 'occurred_at', 'loaded_at', 'outcome_id', 'amount', 'reason',
                'owner',
            ],
            'required': ['lead_id', 'outcome', 'occurred_at'],
            'ids': ['lead_id', 'outcome_id'],
            'times': ['occurred_at', 'loaded_at'],
        },
        'lead_merges': {
            'columns': ['lead_id', 'merged_into_lead_id', 'merged_at'],
            'required': ['lead_id', 'merged_into_lead_id'],
            'ids': ['lead_id', 'merged_into_lead_id'],
            'times': ['merged_at'],
        },
    } %}
    {{ return(contracts[table]) }}
{% endmacro %}
