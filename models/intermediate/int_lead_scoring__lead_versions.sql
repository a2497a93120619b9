-- depends_on: {{ ref('int_lead_scoring__accounts_before') }}
{{ config(materialized='kept', meta={'scope': 'leads', 'replaces': 'changed_leads'}) }}

{%- set is_changed = lead_scoring.short_hash(['lead_id']) ~ ' in (select lead_hash from '
    ~ ref('stg_lead_scoring__changed_leads') ~ ')' %}
{%- set is_wanted = "fate = 'used'" if lead_scoring.recomputes_all('leads')
    else "fate = 'used' and " ~ is_changed %}

with lead_rows as (
    select
        *,
        lower(email) as mail_address,
        {{ lead_scoring.number_of('employee_count') }} as employees,
        {{ lead_scoring.full_name() }} as full_name
    from {{ ref('stg_lead_scoring__leads') }}
    where {{ is_wanted }}
),

-- what is looked at several times is kept narrow
names_and_titles as (
    select
        lead_key,
        holds_since,
        job_title,
        {{ lead_scoring.full_name() }} as full_name
    from {{ ref('stg_lead_scoring__leads') }}
    where {{ is_wanted }}
),

rows_with_domain as (
    select
        *,
        {{ lead_scoring.mail_domain('mail_address') }} as email_domain,
        {{ dbt.split_part('mail_address', "'@'", 1) }} as mail_name
    from lead_rows
),

free_mail as (
    {{ lead_scoring.list_entries('free_mail') }}
),

disposable_mail as (
    {{ lead_scoring.list_entries('disposable_mail') }}
),

competitors as (
    {{ lead_scoring.list_entries('competitor') }}
),

job_titles as (
    {{ lead_scoring.job_titles('names_and_titles') }}
),

marks_of_names as (
    {{ lead_scoring.marks_of_names('names_and_titles') }}
),

successions as (
    {{ lead_scoring.successions('names_and_titles') }}
),

final as (
    select
        -- ids
        versions.lead_key,
        versions.lead_id,
        -- strings
        {%- for column in lead_scoring.lead_columns() %}
        versions.{{ adapter.quote(column) }},
        {%- endfor %}
        versions.created_at,
        versions.updated_at,
        versions.email_domain,
        {{ lead_scoring.email_type() }} as email_type,
        job_titles.seniority,
        job_titles.department,
        {{ lead_scoring.company_size('versions.employees') }} as company_size,
        -- numerics
        {{ lead_scoring.profile_completeness('versions') }} as profile_completeness,
        -- flags
        {{ lead_scoring.any_equal_entry('competitors', [
            'versions.company_domain', 'versions.email_domain', 'versions.company_name'
        ]) }} as is_competitor,
        {{ lead_scoring.spam_marks() }},
        -- times
        versions.holds_since,
        successions.holds_until,
        coalesce(successions.place, 1) = 1 as is_earliest
    from rows_with_domain as versions
    left join free_mail on versions.email_domain = free_mail.entry
    left join disposable_mail on versions.email_domain = disposable_mail.entry
    left join job_titles on versions.job_title = job_titles.job_title
    left join marks_of_names on versions.full_name = marks_of_names.full_name
    left join successions
        on
            versions.lead_key = successions.lead_key
            and versions.holds_since = successions.holds_since
)

select * from final
