-- depends_on: {{ ref('stg_lead_scoring__rows_before') }}
{{ config(materialized='kept', meta={'scope': 'leads', 'replaces': 'changed_leads'}) }}
{%- set lead_hash = lead_scoring.lead_hash(lead_scoring.input_columns('leads').get('lead_id')) %}
{%- set changed_leads = ref('stg_lead_scoring__changed_leads') %}
{%- set is_wanted = none if lead_scoring.recomputes_all('leads')
    else lead_hash ~ ' in (select lead_hash from ' ~ changed_leads ~ ')' %}
{%- set is_tied = lead_hash ~ ' in (select lead_hash from tied_versions)' %}

with lead_rows as (
    {{ lead_scoring.input_rows('leads', is_wanted) }}
),

identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
),

-- few rows compete, and to tell them apart costs much: few columns are read first, then few rows
versions_of_leads as (
    {{ lead_scoring.input_rows('leads', is_wanted) }}
),

tied_versions as (
    select
        lead_id,
        {{ lead_scoring.short_hash(['lead_id']) }} as lead_hash,
        coalesce(updated_at, created_at) as holds_since
    from versions_of_leads
    where quarantine_cause is null
    group by lead_id, coalesce(updated_at, created_at)
    having count(*) > 1
),

tied_rows as (
    {{ lead_scoring.input_rows('leads', is_tied) }}
),

ranked_rows as (
    select
        lead_rows.*,
        1 as rank_among_equals
    from lead_rows
    left join tied_versions
        on
            lead_rows.lead_id = tied_versions.lead_id
            and coalesce(lead_rows.updated_at, lead_rows.created_at) = tied_versions.holds_since
    where tied_versions.lead_id is null or lead_rows.quarantine_cause is not null
    union all
    select
        tied_rows.*,
        row_number() over (
            partition by tied_versions.lead_id, tied_versions.holds_since
            order by {{ lead_scoring.row_text('leads', 'tied_rows') }}
        ) as rank_among_equals
    from tied_rows
    inner join tied_versions
        on
            tied_rows.lead_id = tied_versions.lead_id
            and coalesce(tied_rows.updated_at, tied_rows.created_at) = tied_versions.holds_since
    where tied_rows.quarantine_cause is null
),

rows_without_erased_leads as (
    select
        ranked_rows.*,
        identities.lead_key,
        identities.is_merged,
        coalesce(ranked_rows.updated_at, ranked_rows.created_at) as holds_since
    from ranked_rows
    left join identities on ranked_rows.lead_id = identities.lead_id
    left join identities as erased_leads
        on
            case when identities.lead_id is null then {{ dbt.hash('ranked_rows.lead_id') }} end
            = erased_leads.erased_lead_hash
    where erased_leads.erased_lead_hash is null
),

final as (
    select
        -- ids
        lead_key,
        lead_id,
        -- strings
        quarantine_cause,
        case
            when quarantine_cause is not null then 'quarantined'
            when is_merged then 'merged'
            when rank_among_equals > 1 then 'duplicate'
            else 'used'
        end as fate,
        {%- for column in lead_scoring.lead_columns() %}
        {{ adapter.quote(column) }},
        {%- endfor %}
        created_at_as_text as created_at,
        updated_at_as_text as updated_at,
        -- times
        holds_since
    from rows_without_erased_leads
)

select * from final
