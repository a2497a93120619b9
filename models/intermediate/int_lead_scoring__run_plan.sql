with event_types_in_use as (
    select * from {{ ref('int_lead_scoring__event_types_in_use') }}
),

bot_entries as (
    {{ lead_scoring.list_entries('bot_user_agent') }}
),

-- what decides how event rows are read; points and limits do not
reading_hashes as (
    select {{ lead_scoring.short_hash(lead_scoring.columns_of_event_types()) }} as row_hash
    from event_types_in_use
    union all
    select {{ lead_scoring.short_hash(["'bot'", 'entry']) }} as row_hash
    from bot_entries
),

readings as (
    select cast({{ lead_scoring.sum_of_hashes('row_hash') }} as varchar) as reading_fingerprint
    from reading_hashes
),

losses as (
    select coalesce(max(case when was_lost then 1 else 0 end), 0) = 1 as has_lost_leads
    from {{ ref('stg_lead_scoring__lead_identities') }}
),

this_run as (
    select
        {{ lead_scoring.run_number() }} as run_number,
        {{ lead_scoring.as_of() }} as as_of,
        {{ lead_scoring.as_of_day() }} as as_of_day,
        '{{ lead_scoring.settings_fingerprint() }}' as settings_fingerprint,
        readings.reading_fingerprint,
        rules_fingerprint.rules_fingerprint,
        losses.has_lost_leads
    from readings
    cross join losses
    cross join {{ ref('int_lead_scoring__rules_fingerprint') }} as rules_fingerprint
),

finished_run as (
    {{ lead_scoring.finished_run('this_run') }}
),

broken_off_run as (
    {{ lead_scoring.run_that_was_planned('this_run') }}
),

causes as (
    {{ lead_scoring.causes_to_recompute() }}
),

decisions as (
    select
        coalesce(max(case when concerns_events then 1 else 0 end), 0) = 1
            as recomputes_all_events,
        coalesce(max(case when concerns_leads then 1 else 0 end), 0) = 1 as recomputes_all_leads,
        coalesce(max(case when concerns_scores then 1 else 0 end), 0) = 1
            as recomputes_all_scores,
        coalesce(max(case when concerns_comparisons then 1 else 0 end), 0) = 1
            as recomputes_all_comparisons,
        {{ dbt.listagg('cause', "'; '", 'order by cause_order') }} as causes
    from causes
    where holds
),

final as (
    select
        -- ids
        this_run.run_number,
        -- strings
        this_run.settings_fingerprint,
        this_run.reading_fingerprint,
        this_run.rules_fingerprint,
        decisions.causes,
        -- flags
        decisions.recomputes_all_events,
        decisions.recomputes_all_leads,
        decisions.recomputes_all_scores,
        decisions.recomputes_all_comparisons,
        -- times
        this_run.as_of,
        this_run.as_of_day,
        finished_run.as_of as as_of_before,
        finished_run.as_of_day as as_of_day_before
    from this_run
    cross join finished_run
    cross join decisions
)

select * from final
