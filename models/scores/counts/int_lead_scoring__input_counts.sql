-- How many rows of each input met which fate at the run's instant (contract, section 2). bot,
-- duplicate and erased are what the other counts leave: an error in one of these shows up there.
with run as (
    select * from {{ ref('stg_lead_scoring__as_of') }}
),

leads as (
    select
        identities.lead_hash,
        moments.moment_key
    from {{ ref('stg_lead_scoring__lead_identities') }} as identities
    cross join run
    left join {{ ref('int_lead_scoring__moments') }} as moments
        on identities.lead_key = moments.lead_key and run.as_of = moments.as_of
    where identities.lead_key is not null
),

-- rows that can be used, of leads that are known
event_rows as (
    select case when events.known_at > run.as_of then 1 else 0 end as not_yet_known
    from {{ ref('stg_lead_scoring__events') }} as events
    inner join leads on events.lead_hash = leads.lead_hash
    cross join run
    where events.quarantine_cause is null
),

-- those that held at the run's instant
holding_rows as (
    select
        events.lead_hash,
        events.occurred_at
    from {{ ref('stg_lead_scoring__events') }} as events
    left join {{ ref('stg_lead_scoring__event_versions') }} as versions
        on events.event_hash = versions.event_hash
    cross join run
    where
        versions.event_hash is null
        and events.quarantine_cause is null
        and events.known_at <= run.as_of
    union all
    select
        versions.lead_hash,
        versions.occurred_at
    from {{ ref('stg_lead_scoring__event_versions') }} as versions
    cross join run
    where
        versions.known_at <= run.as_of
        and (versions.superseded_at is null or versions.superseded_at > run.as_of)
),

holding_counts as (
    select
        count(*) as rows_that_hold,
        coalesce(sum(case when leads.moment_key is null then 1 else 0 end), 0) as of_no_lead_yet,
        coalesce(sum(
            case
                when leads.moment_key is not null and holding_rows.occurred_at > run.as_of then 1
                else 0
            end
        ), 0) as not_yet_occurred
    from holding_rows
    inner join leads on holding_rows.lead_hash = leads.lead_hash
    cross join run
),

event_row_counts as (
    select
        count(*) as usable_rows,
        coalesce(sum(not_yet_known), 0) as not_yet_known
    from event_rows
),

counting_counts as (
    select
        count(*) as counting_events,
        coalesce(sum(case when is_clock_ahead then 1 else 0 end), 0) as of_clocks_ahead
    from {{ ref('int_lead_scoring__counting_events') }}
    where moment_key in (select leads.moment_key from leads)
),

event_fates as (
    select
        'used' as fate,
        cast(null as {{ lead_scoring.type_name('text') }}) as cause,
        counting_events - of_clocks_ahead as fate_rows
    from counting_counts
    union all
    select
        'used' as fate,
        'occurred after it was loaded' as cause,
        of_clocks_ahead as fate_rows
    from counting_counts
    union all
    select
        'bot' as fate,
        null as cause,
        holding.rows_that_hold - holding.of_no_lead_yet - holding.not_yet_occurred
        - counting.counting_events as fate_rows
    from holding_counts as holding
    cross join counting_counts as counting
    union all
    select
        'not_yet_known' as fate,
        null as cause,
        event_rows.not_yet_known + holding.not_yet_occurred as fate_rows
    from event_row_counts as event_rows
    cross join holding_counts as holding
    union all
    select
        'lead_not_yet_created' as fate,
        null as cause,
        of_no_lead_yet as fate_rows
    from holding_counts
    union all
    select
        'duplicate' as fate,
        null as cause,
        event_rows.usable_rows - event_rows.not_yet_known - holding.rows_that_hold as fate_rows
    from event_row_counts as event_rows
    cross join holding_counts as holding
),

outcome_fates as (
    select
        case
            when outcomes.quarantine_cause is not null then 'quarantined'
            when moments.moment_key is null then 'lead_not_yet_created'
            when outcomes.known_at > run.as_of or outcomes.occurred_at > run.as_of
                then 'not_yet_known'
            else 'used'
        end as fate,
        outcomes.quarantine_cause
    from {{ ref('stg_lead_scoring__outcomes') }} as outcomes
    cross join run
    left join {{ ref('int_lead_scoring__moments') }} as moments
        on outcomes.lead_key = moments.lead_key and run.as_of = moments.as_of
),

merge_fates as (
    select
        case
            when quarantine_cause is not null then 'quarantined'
            when is_superseded then 'duplicate'
            else 'used'
        end as fate,
        quarantine_cause
    from {{ ref('stg_lead_scoring__lead_merges') }}
),

counts as (
    select
        'leads' as input_table,
        fate,
        quarantine_cause as cause,
        count(*) as row_count
    from {{ ref('stg_lead_scoring__leads') }}
    group by fate, quarantine_cause
    union all
    select
        'lead_merges' as input_table,
        fate,
        quarantine_cause as cause,
        count(*) as row_count
    from merge_fates
    group by fate, quarantine_cause
    union all
    select
        'events' as input_table,
        'quarantined' as fate,
        quarantine_cause as cause,
        count(*) as row_count
    from {{ ref('stg_lead_scoring__quarantined_events') }}
    group by quarantine_cause
    union all
    select
        'events' as input_table,
        fate,
        cause,
        fate_rows as row_count
    from event_fates
    union all
    select
        'outcomes' as input_table,
        fate,
        quarantine_cause as cause,
        count(*) as row_count
    from outcome_fates
    group by fate, quarantine_cause
),

input_tables as (
    select distinct
        input_table,
        input_rows
    from {{ ref('stg_lead_scoring__input_columns') }}
),

-- what staging left out without a trace: rows of erased leads
erased as (
    select
        inputs.input_table,
        'erased' as fate,
        cast(null as {{ lead_scoring.type_name('text') }}) as cause,
        inputs.input_rows - coalesce(sum(counts.row_count), 0) as row_count
    from input_tables as inputs
    left join counts on inputs.input_table = counts.input_table
    group by inputs.input_table, inputs.input_rows
),

final as (
    select * from counts
    where row_count <> 0
    union all
    select * from erased
    where row_count <> 0
)

select * from final
