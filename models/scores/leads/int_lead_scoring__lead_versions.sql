-- What is derived of each version of a lead, when the version holds, and the account that it names
-- (contract, section 2: derived attributes; section 4: accounts; 0001, numbers 14 to 17). Versions
-- of merged leads are among them, without a lead_key: only what merges fill in reads them.
{%- set completed = [
    'email', 'first_name', 'last_name', 'job_title', 'company_name', 'industry', 'employee_count',
    'country',
] %}
{#- A domain that lies deeper in a disposable one is not found; nor is a whole top-level domain. #}
{%- set levels_above = 4 %}

with lead_rows as (
    select
        fate,
        lead_key,
        lead_id,
        account_id,
        company_domain,
        {%- for column in completed %}
        {{ column }},
        {%- endfor %}
        holds_since,
        lower(email) as mail_address,
        {{ lead_scoring.input_whole_of('employee_count') }} as employees,
        coalesce(first_name, '') || chr(10) || coalesce(last_name, '') as full_name
    from {{ ref('stg_lead_scoring__leads') }}
    where fate in ('used', 'merged')
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

keyboard_runs as (
    {{ lead_scoring.list_entries('keyboard_run') }}
),

-- each distinct name is looked at once
names as (
    select distinct full_name
    from lead_rows
    where full_name <> chr(10)
),

names_with_keyboard_run as (
    select distinct names.full_name
    from names
    inner join keyboard_runs
        on {{ dbt.position('keyboard_runs.entry', 'lower(names.full_name)') }} > 0
),

marked_names as (
    select
        names.full_name,
        {{ lead_scoring.matches_pattern(
            'names.full_name', '[a-z][A-Z][A-Z]|[a-z][A-Z].*[a-z][A-Z]'
        ) }} as has_odd_capitals,
        names_with_keyboard_run.full_name is not null as has_keyboard_run,
        {{ lead_scoring.matches_pattern('names.full_name', '[0-9]') }} as has_digits
    from names
    left join names_with_keyboard_run on names.full_name = names_with_keyboard_run.full_name
),

-- leads of one version, nearly all, need no sorting
leads_of_several_versions as (
    select lead_id
    from lead_rows
    group by lead_id
    having count(*) > 1
),

successions as (
    select
        lead_rows.lead_id,
        lead_rows.holds_since,
        lead(lead_rows.holds_since) over (
            partition by lead_rows.lead_id order by lead_rows.holds_since
        ) as holds_until,
        row_number() over (
            partition by lead_rows.lead_id order by lead_rows.holds_since
        ) as place
    from lead_rows
    inner join leads_of_several_versions
        on lead_rows.lead_id = leads_of_several_versions.lead_id
),

rows_with_domain as (
    select
        *,
        case
            when {{ lead_scoring.is_mail_address('mail_address') }}
                then {{ dbt.split_part('mail_address', "'@'", 2) }}
        end as email_domain,
        {{ dbt.split_part('mail_address', "'@'", 1) }} as mail_name,
        {{ lead_scoring.normalised('company_domain') }} as company_address
    from lead_rows
),

-- each distinct domain is looked up once, with those that it lies in
named_domains as (
    select email_domain as domain
    from rows_with_domain
    where email_domain is not null
    union distinct
    select company_address as domain
    from rows_with_domain
    where company_address is not null
),

{%- for level in range(levels_above + 1) %}

{% if loop.first -%}
domains_0_above as (
    select
        domain,
        domain as domain_above
    from named_domains
),
{%- else -%}
domains_{{ level }}_above as (
    select
        domain,
        substr(domain_above, {{ dbt.position("'.'", 'domain_above') }} + 1) as domain_above
    from domains_{{ level - 1 }}_above
    where domain_above like '%.%.%'
),
{%- endif %}
{%- endfor %}

domains_above as (
    {%- for level in range(levels_above + 1) %}
    {% if not loop.first %}union all
    {% endif -%}
    select * from domains_{{ level }}_above
    {%- endfor %}
),

disposable_domains as (
    select distinct domains_above.domain
    from domains_above
    inner join disposable_mail on domains_above.domain_above = disposable_mail.entry
),

domain_types as (
    select
        named_domains.domain,
        case
            when disposable_domains.domain is not null then 'disposable'
            when free_mail.entry is not null then 'free'
            else 'business'
        end as domain_type
    from named_domains
    left join disposable_domains on named_domains.domain = disposable_domains.domain
    left join free_mail on named_domains.domain = free_mail.entry
),

derived as (
    select
        rows_with_domain.*,
        case
            when rows_with_domain.mail_address is null then 'missing'
            when rows_with_domain.email_domain is null then 'invalid'
            else mail_types.domain_type
        end as email_type,
        company_types.domain_type as company_type,
        job_titles.seniority,
        job_titles.department,
        case
            when rows_with_domain.employees < 10 then 'micro'
            when rows_with_domain.employees < 50 then 'small'
            when rows_with_domain.employees < 250 then 'medium'
            when rows_with_domain.employees < 1000 then 'large'
            when rows_with_domain.employees is not null then 'enterprise'
        end as company_size,
        marked_names.has_odd_capitals as name_has_odd_capitals,
        marked_names.has_keyboard_run as name_has_keyboard_run,
        marked_names.has_digits as name_has_digits,
        case
            when rows_with_domain.email_domain is not null
                then {{ lead_scoring.matches_pattern(
                    'rows_with_domain.mail_name', '[bcdfghjklmnpqrstvwxz]{6}|([a-z][0-9]+){3}'
                ) }}
        end as email_looks_random,
        by_company_domain.entry is not null
        or by_email_domain.entry is not null
        or by_company_name.entry is not null as is_competitor,
        case
            when coalesce(successions.place, 1) = 1 then cast('0001-01-01' as timestamp)
            else rows_with_domain.holds_since
        end as holds_from,
        coalesce(successions.holds_until, cast('9999-12-31' as timestamp)) as holds_until
    from rows_with_domain
    left join domain_types as mail_types on rows_with_domain.email_domain = mail_types.domain
    left join domain_types as company_types
        on rows_with_domain.company_address = company_types.domain
    left join {{ ref('int_lead_scoring__job_titles') }} as job_titles
        on rows_with_domain.job_title = job_titles.job_title
    left join marked_names on rows_with_domain.full_name = marked_names.full_name
    left join competitors as by_company_domain
        on lower(rows_with_domain.company_domain) = by_company_domain.entry
    left join competitors as by_email_domain
        on rows_with_domain.email_domain = by_email_domain.entry
    left join competitors as by_company_name
        on lower(rows_with_domain.company_name) = by_company_name.entry
    left join successions
        on
            rows_with_domain.lead_id = successions.lead_id
            and rows_with_domain.holds_since = successions.holds_since
),

final as (
    select
        -- ids
        case when fate = 'used' then lead_key end as lead_key,
        lead_id,
        coalesce(
            account_id,
            case when company_type = 'business' then company_address end,
            case when email_type = 'business' then email_domain end
        ) as account,
        -- strings
        email_domain,
        email_type,
        seniority,
        department,
        company_size,
        -- numerics: whole eighths need no division
        0.125 * (
            {%- for column in completed %}
            case when {{ column }} is null then 0 else 1 end{{ ' +' if not loop.last }}
            {%- endfor %}
        ) as profile_completeness,
        -- flags
        is_competitor,
        name_has_odd_capitals,
        name_has_keyboard_run,
        name_has_digits,
        email_looks_random,
        -- times
        holds_since,
        holds_from,
        holds_until
    from derived
)

select * from final
