-- What was said of each lead: a row where its score, a label or its status is another than was last
-- said, or where it has no score any more (contract, section 4: record). Rows of earlier runs stay.
{%- set values = lead_scoring.score_log_values() %}
{%- set replays_history = var('lead_scoring_replays_history', false) %}
{{ config(
    materialized='incremental',
    unique_key=['lead_id', 'as_of'],
    full_refresh=false,
    on_schema_change='fail',
    pre_hook=[
        "{{ lead_scoring.forget_erased_leads() }}",
        "{{ lead_scoring.forget_erased_leads('merged_into_lead_id') }}",
    ]
) }}

with instants as (
    select * from {{ ref('int_lead_scoring__recorded_instants') }}
),

instants_in_short as (
    select
        min(as_of) as first_as_of,
        count(*) as instants
    from instants
),

scored_rows as (
    select
        leads.lead_id,
        leads.as_of,
        leads.moment_key,
        cast(null as {{ lead_scoring.type_name('text') }}) as reasons,
        cast(null as {{ lead_scoring.type_name('text') }}) as merged_into_lead_id,
        {%- for value in values if value not in ['status', 'merged_into_lead_id'] %}
        scores.{{ value }},
        {%- endfor %}
        leads.status
    from {{ ref('int_lead_scoring__leads_at_moments') }} as leads
    inner join instants on leads.as_of = instants.as_of
    inner join {{ ref('int_lead_scoring__scores') }} as scores
        on leads.moment_key = scores.moment_key and scores.is_own_scorecard
),

rows_on_record as (
    {%- if is_incremental() %}
    select
        lead_id,
        as_of,
        reasons,
        {{ values | join(', ') }}
    from {{ this }}
    {%- else %}
    select
        lead_id,
        as_of,
        reasons,
        {{ values | join(', ') }}
    from scored_rows
    where 1 = 0
    {%- endif %}
),

rows_latest_first as (
    select
        rows_on_record.*,
        row_number() over (
            partition by rows_on_record.lead_id order by rows_on_record.as_of desc
        ) as recency
    from rows_on_record
    inner join instants_in_short on rows_on_record.as_of < instants_in_short.first_as_of
),

rows_before as (
    select * from rows_latest_first
    where recency = 1
),

-- what an instant has said already is said again, even if it is no change any more: whoever has
-- read it must learn of it
rows_said_again as (
    select
        rows_on_record.lead_id,
        rows_on_record.as_of
    from rows_on_record
    inner join instants on rows_on_record.as_of = instants.as_of
),

leads_on_record as (
    select lead_id from rows_before
    union distinct
    select lead_id from rows_said_again
),

-- of a history nearly all leads: they need not be looked for at each of its instants
leads_always_scored as (
    select scored_rows.lead_id
    from scored_rows
    cross join instants_in_short
    group by scored_rows.lead_id, instants_in_short.instants
    having count(*) = instants_in_short.instants
),

identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
    where lead_id is not null
),

-- merged away, or no longer in the input; where history is written anew the latter keep what was
-- said of them, since nothing can make it again
rows_without_score as (
    select
        leads_on_record.lead_id,
        instants.as_of,
        case when identities.is_merged then identities.survivor_lead_id end as merged_into_lead_id
    from leads_on_record
    cross join instants
    left join leads_always_scored on leads_on_record.lead_id = leads_always_scored.lead_id
    left join scored_rows
        on leads_on_record.lead_id = scored_rows.lead_id and instants.as_of = scored_rows.as_of
    {{ 'inner' if replays_history else 'left' }} join identities
        on leads_on_record.lead_id = identities.lead_id
    where leads_always_scored.lead_id is null and scored_rows.lead_id is null
),

every_row as (
    select
        lead_id,
        as_of,
        moment_key,
        true as is_of_this_run,
        reasons,
        {{ values | join(', ') }}
    from scored_rows
    union all
    select
        lead_id,
        as_of,
        null as moment_key,
        true as is_of_this_run,
        null as reasons,
        {%- for value in values if value != 'merged_into_lead_id' %}
        null as {{ value }},
        {%- endfor %}
        merged_into_lead_id
    from rows_without_score
    union all
    select
        lead_id,
        as_of,
        null as moment_key,
        false as is_of_this_run,
        reasons,
        {{ values | join(', ') }}
    from rows_before
),

rows_in_order as (
    select
        every_row.*,
        {{ lead_scoring.score_state('every_row') }} as state,
        lag({{ lead_scoring.score_state('every_row') }}) over (
            partition by lead_id order by as_of
        ) as state_before
    from every_row
),

changes as (
    select rows_in_order.*
    from rows_in_order
    left join rows_said_again
        on
            rows_in_order.lead_id = rows_said_again.lead_id
            and rows_in_order.as_of = rows_said_again.as_of
    where
        rows_in_order.is_of_this_run
        and (
            rows_in_order.state_before is null
            or rows_in_order.state <> rows_in_order.state_before
            or rows_said_again.lead_id is not null
        )
),

reasons_of_changes as (
    {{ lead_scoring.reasons_of_moments('changes') }}
),

-- points and key of the words: int_lead_scoring__changed_reasons parts them
lines_of_changes as (
    select
        moment_key,
        cast(points as {{ lead_scoring.type_name('text') }}) || ' '
        || cast(words_key as {{ lead_scoring.type_name('text') }}) as line
    from reasons_of_changes
),

reason_lists as (
    select
        moment_key,
        {{ lead_scoring.ordered_texts('line', 'chr(10)', 'line') }} as reasons
    from lines_of_changes
    group by moment_key
),

final as (
    select
        {%- for value in ['lead_id'] + values %}
        changes.{{ value }},
        {%- endfor %}
        reason_lists.reasons,
        current_rules.rules_fingerprint,
        -- times
        changes.as_of
    from changes
    left join reason_lists on changes.moment_key = reason_lists.moment_key
    cross join {{ ref('int_lead_scoring__rules_fingerprint') }} as current_rules
)

select * from final
