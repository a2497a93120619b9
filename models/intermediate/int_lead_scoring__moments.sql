-- depends_on: {{ ref('int_lead_scoring__retroactive_leads') }}
{%- set wanted = ref('int_lead_scoring__honest_instants')
    if var('lead_scoring_evidence', false) else var('lead_scoring_moments', none) %}
with identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
),

scored_leads as (
    select
        lead_key,
        lead_id,
        exists_from
    from identities
    where lead_id = survivor_lead_id and exists_from is not null
),

{%- if wanted %}

wanted_moments as (
    select distinct
        lead_id,
        cast(as_of as timestamp) as as_of
    from {{ wanted }}
),
{%- else %}

wanted_moments as (
    select
        lead_id,
        {{ lead_scoring.as_of() }} as as_of
    from scored_leads
),
{%- endif %}

moments as (
    select
        -- ids
        {%- if wanted %}
        -row_number() over (order by scored_leads.lead_key, wanted_moments.as_of) as moment_key,
        {%- else %}
        scored_leads.lead_key as moment_key,
        {%- endif %}
        scored_leads.lead_key,
        scored_leads.lead_id,
        -- flags
        true as is_current,
        -- times
        wanted_moments.as_of,
        {{ lead_scoring.reporting_day('wanted_moments.as_of') }} as as_of_day,
        scored_leads.exists_from,
        {{ lead_scoring.reporting_day('scored_leads.exists_from') }} as exists_from_day
    from wanted_moments
    inner join scored_leads on wanted_moments.lead_id = scored_leads.lead_id
    where scored_leads.exists_from <= wanted_moments.as_of
),

touched_leads as (
    select * from {{ ref('int_lead_scoring__touched_leads') }}
),

-- where a lead's past is other than it was scored, it is scored again at the instants of that past
replayed_moments as (
    {{ lead_scoring.replayed_moments('scored_leads') }}
),

final as (
    select
        moments.*,
        touched_leads.lead_key is not null
        or {{ 'true' if lead_scoring.recomputes_all('scores') else 'false' }} as is_touched
    from moments
    left join touched_leads on moments.lead_key = touched_leads.lead_key
    union all
    select
        moment_key,
        lead_key,
        lead_id,
        false as is_current,
        as_of,
        {{ lead_scoring.reporting_day('as_of') }} as as_of_day,
        exists_from,
        {{ lead_scoring.reporting_day('exists_from') }} as exists_from_day,
        true as is_touched
    from replayed_moments
)

select * from final
