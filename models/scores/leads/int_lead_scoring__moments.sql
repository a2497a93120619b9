{%- set wanted = ref('int_lead_scoring__honest_instants')
    if var('lead_scoring_evidence', false) else var('lead_scoring_moments', none) %}
-- What the engine scores: a lead and an instant (contract, section 1). Without any wish each lead
-- has one moment, at the run's instant.
with leads as (
    select
        lead_key,
        lead_id,
        exists_from
    from {{ ref('stg_lead_scoring__lead_identities') }}
    where lead_id = survivor_lead_id and exists_from is not null
),

{%- if wanted %}

wanted_moments as (
    select distinct
        leads.lead_key,
        cast(wanted.as_of as timestamp) as as_of
    from {{ wanted }} as wanted
    inner join leads on wanted.lead_id = leads.lead_id
),

accounts_of_wanted as (
    select distinct
        versions.account,
        wanted_moments.as_of
    from wanted_moments
    inner join {{ ref('int_lead_scoring__lead_versions') }} as versions
        on
            wanted_moments.lead_key = versions.lead_key
            and wanted_moments.as_of >= versions.holds_from
            and wanted_moments.as_of < versions.holds_until
),

conditions_on_colleagues as (
    select attribute from {{ ref('int_lead_scoring__rule_conditions') }}
    where subject = 'lead' and attribute = 'active_colleagues'
),

-- Where a rule asks for active colleagues, one has to know what these did until then. They have
-- moments that are not scored.
colleagues as (
    select
        versions.lead_key,
        accounts_of_wanted.as_of
    from accounts_of_wanted
    inner join {{ ref('int_lead_scoring__lead_versions') }} as versions
        on
            accounts_of_wanted.account = versions.account
            and accounts_of_wanted.as_of >= versions.holds_from
            and accounts_of_wanted.as_of < versions.holds_until
    where exists (select 1 from conditions_on_colleagues)
),

instants as (
    select
        lead_key,
        as_of,
        true as is_scored
    from wanted_moments
    union all
    select
        colleagues.lead_key,
        colleagues.as_of,
        false as is_scored
    from colleagues
    left join wanted_moments
        on
            colleagues.lead_key = wanted_moments.lead_key
            and colleagues.as_of = wanted_moments.as_of
    where wanted_moments.lead_key is null
),
{%- else %}

instants as (
    select
        leads.lead_key,
        run.as_of,
        true as is_scored
    from leads
    cross join {{ ref('stg_lead_scoring__as_of') }} as run
),
{%- endif %}

final as (
    select
        -- ids
        row_number() over (order by leads.lead_key, instants.as_of) as moment_key,
        leads.lead_key,
        leads.lead_id,
        -- flags
        instants.is_scored,
        -- times
        instants.as_of,
        {{ lead_scoring.reporting_day('instants.as_of') }} as as_of_day,
        {{ lead_scoring.reporting_day('leads.exists_from') }} as exists_from_day
    from instants
    inner join leads on instants.lead_key = leads.lead_key
    where leads.exists_from <= instants.as_of
)

select * from final
