{#- Tables that somebody else fills: of a CRM, each column as its own kind. -#}
{% macro make_sources() %}
    {%- if execute and flags.WHICH in ['build', 'run'] %}
    {%- set schema = target.schema %}
    {%- set tables = {
        'people': "
            select 'ann' as lead_id, cast('2026-01-01 00:00:00' as timestamp) as created_at,
                'Head of Sales' as job_title, 'ann@acme.example' as email,
                5000 as employee_count, 'software' as industry, 'gold' as \"Customer Tier\"
            union all
            select 'ben', cast('2026-01-01 00:00:00' as timestamp), 'Clerk',
                'ben@townhall.example', 40, 'public sector', 'council'
            union all
            select 'old_ben', cast('2025-01-01 00:00:00' as timestamp), 'Clerk',
                'ben@townhall.example', 40, 'public sector', 'council'
        ",
        'sales_activities': "
            select 'ann' as lead_id, 'contacted' as outcome, cast('2026-02-28' as date) as occurred_at
        ",
        'merged_people': "
            select 'old_ben' as lead_id, 'ben' as merged_into_lead_id,
                cast('2026-02-01 00:00:00' as timestamp) as merged_at
        ",
    } %}
    {%- for table, query in tables.items() %}
    drop table if exists {{ schema }}.crm_{{ table }};
    create table {{ schema }}.crm_{{ table }} as {{ query }};
    {%- endfor %}
    {%- endif %}
{% endmacro %}
