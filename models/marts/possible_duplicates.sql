-- Leads that have one e-mail address, capitals, blanks and what stands behind a + aside, and that
-- nobody has merged (contract, section 5). Each is paired with the one that exists longest; the
-- rows fit lead_merges.
with addresses as (
    select
        leads.lead_id,
        leads.as_of,
        identities.exists_from,
        {{ dbt.split_part(dbt.split_part('lower(given.email)', "'@'", 1), "'+'", 1) }}
        || '@' || versions.email_domain as mail_address
    from {{ ref('int_lead_scoring__leads_at_moments') }} as leads
    inner join {{ ref('stg_lead_scoring__lead_identities') }} as identities
        on leads.lead_id = identities.lead_id
    inner join {{ ref('stg_lead_scoring__leads') }} as given
        on
            leads.lead_key = given.lead_key
            and leads.holds_since = given.holds_since
            and given.fate = 'used'
    inner join {{ ref('int_lead_scoring__lead_versions') }} as versions
        on leads.lead_key = versions.lead_key and leads.holds_since = versions.holds_since
    where versions.email_domain is not null and given.email not like '+%'
),

oldest_first as (
    select
        *,
        row_number() over (
            partition by mail_address, as_of order by exists_from, lead_id
        ) as place
    from addresses
),

shared_addresses as (
    select
        mail_address,
        as_of,
        min(case when place = 1 then lead_id end) as oldest_lead_id
    from oldest_first
    group by mail_address, as_of
    having count(*) > 1
),

final as (
    select
        -- ids
        oldest_first.lead_id,
        shared_addresses.oldest_lead_id as merged_into_lead_id,
        -- times
        oldest_first.as_of as merged_at
    from oldest_first
    inner join shared_addresses
        on
            oldest_first.mail_address = shared_addresses.mail_address
            and oldest_first.as_of = shared_addresses.as_of
    where oldest_first.place > 1
)

select * from final
