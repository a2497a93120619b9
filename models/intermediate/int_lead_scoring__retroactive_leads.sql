-- the events are read as the run before left them:
-- depends_on: {{ ref('stg_lead_scoring__arrived_events') }}
{%- set is_comparable = not lead_scoring.recomputes_all('comparisons') %}
{%- set beginning = "cast('0001-01-01' as timestamp)" %}

with identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
),

changed_identities as (
    select
        identities.lead_key,
        identities.lead_id
    from identities
    inner join {{ ref('stg_lead_scoring__changed_leads') }} as changed_leads
        on {{ lead_scoring.short_hash(['identities.lead_id']) }} = changed_leads.lead_hash
    where identities.lead_key is not null
),

rows_before as (
    select * from {{ ref('stg_lead_scoring__rows_before') }}
),

rows_now as (
    {{ lead_scoring.dated_rows_of_leads(
        'changed_identities', ref('stg_lead_scoring__leads'), ref('stg_lead_scoring__outcomes')
    ) }}
),

rows_that_differ as (
    (
        select * from rows_before
        except all
        select * from rows_now
    )
    union all
    (
        select * from rows_now
        except all
        select * from rows_before
    )
),

-- the earliest version of a lead holds before its time too
earliest_versions as (
    select
        lead_key,
        min(holds_since) as holds_since
    from {{ ref('stg_lead_scoring__leads') }}
    where fate = 'used'
    group by lead_key
),

changes as (
    select
        rows_that_differ.lead_key,
        case
            when rows_that_differ.holds_since <= earliest_versions.holds_since then {{ beginning }}
            else rows_that_differ.holds_since
        end as since
    from rows_that_differ
    left join earliest_versions on rows_that_differ.lead_key = earliest_versions.lead_key
    union all
    -- events count for a survivor at every instant; any row can say that it was created earlier
    select
        lead_key,
        case
            when lead_key <> lead_key_before then {{ beginning }}
            else least(exists_from, exists_from_before)
        end as since
    from identities
    where lead_key <> lead_key_before or exists_from <> exists_from_before
    union all
    select
        lead_key_before as lead_key,
        {{ beginning }} as since
    from identities
    where lead_key_before <> coalesce(lead_key, identity_key)
    {%- if is_comparable %}
    union all
    select
        identities.lead_key,
        differences.since
    from ({{ lead_scoring.identities_touched_by_events(ref('stg_lead_scoring__arrived_events')) }})
        as differences
    inner join identities on differences.identity_key = identities.identity_key
    where identities.lead_key is not null
    {%- endif %}
),

final as (
    select
        lead_key,
        min(since) as since
    from changes
    where lead_key is not null and {{ is_comparable }}
    group by lead_key
)

select * from final
