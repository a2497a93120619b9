{%- set weeks = var('lead_scoring_evidence_weeks', 26) | int -%}

with outcomes as (
    select * from {{ ref('stg_lead_scoring__outcomes') }}
    where
        quarantine_cause is null
        and occurred_at <= {{ lead_scoring.as_of() }}
        and known_at <= {{ lead_scoring.as_of() }}
),

statuses_latest_first as (
    {{ lead_scoring.statuses_latest_first('outcomes', ['lead_key']) }}
),

contacts as (
    select
        lead_key,
        min(occurred_at) as contacted_at
    from outcomes
    where outcome = 'contacted'
    group by lead_key
),

dated_leads as (
    select
        leads.lead_id,
        leads.exists_from,
        contacts.contacted_at,
        coalesce(closings.occurred_at, {{ lead_scoring.as_of() }}) as ends_at
    from {{ ref('stg_lead_scoring__lead_identities') }} as leads
    left join statuses_latest_first as closings
        on
            leads.lead_key = closings.lead_key
            and closings.recency = 1
            and closings.outcome <> 'reopened'
    left join contacts on leads.lead_key = contacts.lead_key
    where
        leads.lead_id = leads.survivor_lead_id
        and leads.exists_from <= {{ lead_scoring.as_of() }}
),

leads_by_week as (
    {{ lead_scoring.whole_numbers('dated_leads', 0, weeks, 'week') }}
),

instants as (
    {%- for days in lead_scoring.evidence_days() %}
    select
        lead_id,
        'created_plus_{{ days }}_days' as purpose,
        {{ lead_scoring.later('day', days, 'exists_from') }} as as_of,
        ends_at
    from dated_leads
    union all
    {%- endfor %}
    select
        lead_id,
        'first_contact' as purpose,
        contacted_at as as_of,
        ends_at
    from dated_leads
    where contacted_at >= exists_from
    union all
    select
        lead_id,
        'weekly' as purpose,
        {{ lead_scoring.later('day', '7 * week', 'exists_from') }} as as_of,
        ends_at
    from leads_by_week
),

final as (
    select
        lead_id,
        purpose,
        as_of
    from instants
    where as_of <= ends_at
)

select * from final
