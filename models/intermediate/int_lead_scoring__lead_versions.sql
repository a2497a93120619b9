with lead_rows as (
    select
        *,
        {{ lead_scoring.normalised('email') }} as mail_address,
        {{ lead_scoring.words_of('job_title') }} as title_words,
        {{ lead_scoring.number_of('employee_count') }} as employees,
        coalesce(first_name, '') || chr(10) || coalesce(last_name, '') as full_name
    from {{ ref('stg_lead_scoring__leads') }}
    where fate = 'used'
),

rows_with_domain as (
    select
        *,
        case
            when {{ lead_scoring.matches_pattern(
                'mail_address', '^[^@\\s]+@[^@\\s.]+([.][^@\\s.]+)+$'
            ) }}
                then {{ dbt.split_part('mail_address', "'@'", 2) }}
        end as email_domain,
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
    {{ lead_scoring.job_titles('lead_rows') }}
),

keyboard_runs as (
    {{ lead_scoring.keyboard_runs('lead_rows') }}
),

final as (
    select
        -- ids
        row_number() over (order by versions.lead_key, versions.holds_since) as lead_version_key,
        versions.lead_key,
        versions.lead_id,
        -- strings
        {%- for column in lead_scoring.lead_columns() %}
        versions.{{ adapter.quote(column) }},
        {%- endfor %}
        versions.created_at,
        versions.updated_at,
        versions.email_domain,
        case
            when versions.mail_address is null then 'missing'
            when versions.email_domain is null then 'invalid'
            when disposable_mail.entry is not null then 'disposable'
            when free_mail.entry is not null then 'free'
            else 'business'
        end as email_type,
        job_titles.seniority,
        job_titles.department,
        case
            when versions.employees < 10 then 'micro'
            when versions.employees < 50 then 'small'
            when versions.employees < 250 then 'medium'
            when versions.employees < 1000 then 'large'
            when versions.employees is not null then 'enterprise'
        end as company_size,
        -- numerics
        {{ lead_scoring.profile_completeness('versions') }} as profile_completeness,
        -- flags
        {{ lead_scoring.any_equal_entry('competitors', [
            'versions.company_domain', 'versions.email_domain', 'versions.company_name'
        ]) }} as is_competitor,
        {{ lead_scoring.spam_marks() }},
        -- times
        versions.holds_since,
        lead(versions.holds_since) over (
            partition by versions.lead_key order by versions.holds_since
        ) as holds_until,
        row_number() over (
            partition by versions.lead_key order by versions.holds_since
        ) = 1 as is_earliest
    from rows_with_domain as versions
    left join free_mail on versions.email_domain = free_mail.entry
    left join disposable_mail on versions.email_domain = disposable_mail.entry
    left join job_titles on versions.title_words = job_titles.title_words
    left join keyboard_runs on versions.full_name = keyboard_runs.full_name
)

select * from final
