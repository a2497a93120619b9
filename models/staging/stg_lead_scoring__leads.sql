with lead_rows as (
    {{ lead_scoring.input_rows('leads') }}
),

identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
),

rows_without_erased_leads as (
    select
        lead_rows.*,
        identities.lead_key,
        identities.is_merged,
        coalesce(lead_rows.updated_at, lead_rows.created_at) as holds_since,
        row_number() over (
            partition by
                lead_rows.lead_id,
                lead_rows.quarantine_cause,
                coalesce(lead_rows.updated_at, lead_rows.created_at)
            order by {{ lead_scoring.row_text('leads', 'lead_rows') }}
        ) as rank_among_equals
    from lead_rows
    left join identities on lead_rows.lead_id = identities.lead_id
    left join identities as erased_leads
        on
            case when identities.lead_id is null then {{ dbt.hash('lead_rows.lead_id') }} end
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
