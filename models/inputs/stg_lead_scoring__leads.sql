{%- set found = lead_scoring.input_columns('leads') %}
{%- set columns = lead_scoring.lead_columns(found) %}
{%- set ranked = columns + [
    'lead_id', 'quarantine_cause', 'created_at', 'updated_at', 'created_at_as_text',
    'updated_at_as_text',
] %}
{%- set is_tied = lead_scoring.lead_hash(found.get('lead_id'))
    ~ ' in (select lead_hash from tied_versions)' %}

-- Each row of the leads as the input has it, whose it is, and what became of it (contract, section
-- 2: versions of a lead; 0001, number 12).
with lead_rows as (
    {{ lead_scoring.input_rows('leads') }}
),

identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
),

-- Few rows compete, and to tell them apart costs much. The same select as lead_rows, of which three
-- columns are used here, so that engines read no others; tied_rows reads all columns, of few rows.
versions_of_leads as (
    {{ lead_scoring.input_rows('leads') }}
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
        {%- for column in ranked %}
        lead_rows.{{ lead_scoring.column_name(column) }},
        {%- endfor %}
        1 as rank_among_equals
    from lead_rows
    left join tied_versions
        on
            lead_rows.lead_id = tied_versions.lead_id
            and coalesce(lead_rows.updated_at, lead_rows.created_at) = tied_versions.holds_since
    where tied_versions.lead_id is null or lead_rows.quarantine_cause is not null
    union all
    select
        {%- for column in ranked %}
        tied_rows.{{ lead_scoring.column_name(column) }},
        {%- endfor %}
        row_number() over (
            partition by tied_versions.lead_id, tied_versions.holds_since
            order by {{ lead_scoring.row_text('leads', found, 'tied_rows') }}
        ) as rank_among_equals
    from tied_rows
    inner join tied_versions
        on
            tied_rows.lead_id = tied_versions.lead_id
            and coalesce(tied_rows.updated_at, tied_rows.created_at) = tied_versions.holds_since
    where tied_rows.quarantine_cause is null
),

final as (
    select
        -- ids
        identities.lead_key,
        ranked_rows.lead_id,
        -- strings
        ranked_rows.quarantine_cause,
        case
            when ranked_rows.quarantine_cause is not null then 'quarantined'
            when ranked_rows.rank_among_equals > 1 then 'duplicate'
            when identities.is_merged then 'merged'
            else 'used'
        end as fate,
        {%- for column in columns %}
        ranked_rows.{{ lead_scoring.column_name(column) }},
        {%- endfor %}
        -- as they are written: rules read every attribute as a text
        ranked_rows.created_at_as_text as created_at,
        ranked_rows.updated_at_as_text as updated_at,
        -- times
        coalesce(ranked_rows.updated_at, ranked_rows.created_at) as holds_since
    from ranked_rows
    left join identities
        on {{ lead_scoring.short_hash(['ranked_rows.lead_id']) }} = identities.lead_hash
    where not coalesce(identities.is_erased, false)
)

select * from final
