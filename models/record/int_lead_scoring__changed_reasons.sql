-- What moved each score of the record, in words: the five strongest changes of reasons against the
-- row before, with the points before and after ('Pricing page visit +10 -> +8.7'; contract, section
-- 5: lead_score_changes).
{%- set newline = '\n' %}
{{ config(
    materialized='incremental',
    unique_key=['lead_id', 'as_of'],
    full_refresh=false,
    on_schema_change='fail',
    pre_hook="{{ lead_scoring.forget_erased_leads() }}"
) }}

with instants as (
    select as_of from {{ ref('int_lead_scoring__recorded_instants') }}
),

last_instant as (
    select max(as_of) as as_of from instants
),

log_rows as (
    select
        score_log.lead_id,
        score_log.as_of,
        coalesce(score_log.reasons, '') as reasons,
        lag(coalesce(score_log.reasons, '')) over (
            partition by score_log.lead_id order by score_log.as_of
        ) as reasons_before
    from {{ ref('int_lead_scoring__score_log') }} as score_log
    inner join last_instant on score_log.as_of <= last_instant.as_of
),

later_rows as (
    select log_rows.*
    from log_rows
    inner join instants on log_rows.as_of = instants.as_of
    where log_rows.reasons_before is not null
),

lines_after as (
    {{ lead_scoring.split_rows('later_rows', 'reasons', newline, 'reason_line') }}
),

lines_before as (
    {{ lead_scoring.split_rows('later_rows', 'reasons_before', newline, 'reason_line') }}
),

every_line as (
    select
        lead_id,
        as_of,
        reason_line,
        0 as share_before,
        1 as share_after
    from lines_after
    union all
    select
        lead_id,
        as_of,
        reason_line,
        1 as share_before,
        0 as share_after
    from lines_before
),

every_reason as (
    select
        lead_id,
        as_of,
        share_before,
        share_after,
        -- a blank line is taken out below, which some engines do later
        cast(nullif({{ dbt.split_part('reason_line', "' '", 2) }}, '') as integer) as words_key,
        cast(nullif({{ dbt.split_part('reason_line', "' '", 1) }}, '') as decimal(18, 4)) as points
    from every_line
    where reason_line <> ''
),

points_of_reasons as (
    select
        every_reason.lead_id,
        every_reason.as_of,
        reason_words.words,
        sum(every_reason.points * every_reason.share_before) as points_before,
        sum(every_reason.points * every_reason.share_after) as points_after
    from every_reason
    inner join {{ ref('int_lead_scoring__reason_words') }} as reason_words
        on every_reason.words_key = reason_words.words_key
    group by every_reason.lead_id, every_reason.as_of, reason_words.words
),

changes_in_words as (
    select
        lead_id,
        as_of,
        abs(points_after - points_before) as difference,
        {%- for time in ['before', 'after'] %}
        case when points_{{ time }} > 0 then '+' else '' end
        || {{ lead_scoring.points_in_words('points_' ~ time) }} as {{ time }},
        {%- endfor %}
        words
    from points_of_reasons
    where round(points_before, 1) <> round(points_after, 1)
),

strongest_changes as (
    select
        *,
        row_number() over (
            partition by lead_id, as_of order by difference desc, words
        ) as place
    from changes_in_words
),

final as (
    select
        later_rows.lead_id,
        {{ lead_scoring.ordered_texts(
            "changes.words || ' ' || changes.before || ' -> ' || changes.after",
            "'; '",
            'changes.place'
        ) }} as reasons_changed,
        later_rows.as_of
    from later_rows
    left join strongest_changes as changes
        on
            later_rows.lead_id = changes.lead_id
            and later_rows.as_of = changes.as_of
            and changes.place <= 5
    group by later_rows.lead_id, later_rows.as_of
)

select * from final
