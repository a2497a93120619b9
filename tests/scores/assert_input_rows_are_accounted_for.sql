{#- int_lead_scoring__input_counts takes differences of counts for rows of erased leads, of bots and
    of old versions: here rows are counted by themselves, those of erased leads in the inputs. -#}
{{ config(group='lead_scoring') }}

{%- set tables = ['leads', 'events', 'outcomes', 'lead_merges'] %}

with identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
),

run as (
    select * from {{ ref('stg_lead_scoring__as_of') }}
),

{%- for table in tables %}

{{ table }}_rows as (
    {{ lead_scoring.input_rows(table) }}
),

{{ table }}_of_erased_leads as (
    select
        {{ table }}_rows.*,
        identities.lead_key
    from {{ table }}_rows
    inner join identities
        on {{ lead_scoring.short_hash([table ~ '_rows.lead_id']) }} = identities.lead_hash
    where identities.is_erased
),
{%- endfor %}

-- usable events and outcomes of an erased lead that was merged stay with its survivor
erased_rows as (
    select 'leads' as input_table
    from leads_of_erased_leads
    union all
    select 'lead_merges' as input_table
    from lead_merges_of_erased_leads
    union all
    select 'events' as input_table
    from events_of_erased_leads
    where lead_key is null or quarantine_cause is not null
    union all
    select 'outcomes' as input_table
    from outcomes_of_erased_leads
    where
        lead_key is null
        or quarantine_cause is not null
        or lower(outcome) not in (
            'contacted', 'accepted', 'rejected', 'qualified', 'opportunity', 'won', 'lost',
            'disqualified', 'reopened'
        )
),

quarantined_rows as (
    select * from {{ ref('quarantined_rows') }}
),

usable_event_rows as (
    select
        events.event_hash,
        events.lead_hash,
        events.row_hash,
        events.occurred_at,
        events.known_at,
        events.known_at > run.as_of as is_known_later,
        events.occurred_at > run.as_of as occurs_later,
        row_number() over (
            partition by events.event_hash, events.known_at > run.as_of
            order by events.known_at desc
        ) as recency
    from {{ ref('stg_lead_scoring__events') }} as events
    cross join run
    where events.quarantine_cause is null
),

-- which of two rows that were loaded at one instant holds, the text of the input decides: with such
-- rows in it, only what is put away is counted here
tied_events as (
    select event_hash
    from usable_event_rows
    group by event_hash, known_at
    having count(distinct row_hash) > 1
),

leads_at_the_run as (
    select
        identities.lead_hash,
        moments.moment_key
    from identities
    cross join run
    left join {{ ref('int_lead_scoring__moments') }} as moments
        on identities.lead_key = moments.lead_key and run.as_of = moments.as_of
    where identities.lead_key is not null
),

event_fates as (
    select
        case
            when events.is_known_later then 'not_yet_known'
            when events.recency > 1 then 'duplicate'
            when leads.moment_key is null then 'lead_not_yet_created'
            when events.occurs_later then 'not_yet_known'
            else 'used or bot'
        end as fate
    from usable_event_rows as events
    inner join leads_at_the_run as leads on events.lead_hash = leads.lead_hash
),

rows_expected as (
    select
        input_table,
        'erased' as fate,
        count(*) as expected
    from erased_rows
    group by input_table
    union all
    select
        input_table,
        'quarantined' as fate,
        count(*) as expected
    from quarantined_rows
    group by input_table
    union all
    select
        'events' as input_table,
        fate,
        count(*) as expected
    from event_fates
    group by fate
),

fates_counted as (
    select
        input_table,
        case
            when input_table = 'events' and fate in ('used', 'bot') then 'used or bot'
            else fate
        end as fate,
        row_count
    from {{ ref('int_lead_scoring__input_counts') }}
    where input_table = 'events' or fate in ('erased', 'quarantined')
),

rows_counted as (
    select
        input_table,
        fate,
        sum(row_count) as counted
    from fates_counted
    group by input_table, fate
),

final as (
    select
        coalesce(rows_expected.input_table, rows_counted.input_table) as input_table,
        coalesce(rows_expected.fate, rows_counted.fate) as fate,
        rows_expected.expected,
        rows_counted.counted
    from rows_expected
    full outer join rows_counted
        on
            rows_expected.input_table = rows_counted.input_table
            and rows_expected.fate = rows_counted.fate
    where
        coalesce(rows_expected.expected, 0) <> coalesce(rows_counted.counted, 0)
        and (
            coalesce(rows_expected.fate, rows_counted.fate) in ('erased', 'quarantined')
            or not exists (select 1 from tied_events)
        )
)

select * from final
