with latest_moments as (
    select
        lead_key,
        max(as_of) as as_of
    from {{ ref('int_lead_scoring__moments') }}
    group by lead_key
),

latest_instants as (
    select max(as_of) as as_of from latest_moments
),

-- Whose latest moment is an earlier one, or who have none. They are few, and events are many: all
-- others are taken at the latest instant without being looked up.
identities_apart as (
    select
        identities.identity_key,
        latest_moments.as_of
    from {{ ref('stg_lead_scoring__lead_identities') }} as identities
    cross join latest_instants as instants
    left join latest_moments on identities.lead_key = latest_moments.lead_key
    where latest_moments.as_of is null or latest_moments.as_of <> instants.as_of
),

bot_clicks as (
    select distinct
        bot_clicks.event_hash,
        bot_clicks.known_at
    from {{ ref('int_lead_scoring__bot_clicks') }} as bot_clicks
    inner join latest_moments
        on
            bot_clicks.lead_key = latest_moments.lead_key
            and bot_clicks.bot_from <= latest_moments.as_of
            and bot_clicks.bot_until > latest_moments.as_of
),

event_fates as (
    {{ lead_scoring.fates_of_events() }}
),

outcome_fates as (
    select
        outcomes.quarantine_cause,
        case
            when outcomes.quarantine_cause is not null then 'quarantined'
            when latest.lead_key is null then 'lead_not_yet_created'
            when outcomes.known_at > latest.as_of or outcomes.occurred_at > latest.as_of
                then 'not_yet_known'
            else 'used'
        end as fate
    from {{ ref('stg_lead_scoring__outcomes') }} as outcomes
    left join latest_moments as latest on outcomes.lead_key = latest.lead_key
),

fates as (
    {%- for table, rows in {
        'leads': ref('stg_lead_scoring__leads'),
        'lead_merges': ref('stg_lead_scoring__lead_merges'),
        'events': 'event_fates',
        'outcomes': 'outcome_fates'
    }.items() %}
    select
        '{{ table }}' as input_table,
        fate,
        quarantine_cause as cause
    from {{ rows }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

counts as (
    select
        input_table,
        fate,
        cause,
        count(*) as rows
    from fates
    group by input_table, fate, cause
),

rows_in as (
    {{ lead_scoring.input_row_counts() }}
),

-- what staging dropped without a trace: rows of erased leads
erased as (
    select
        rows_in.input_table,
        'erased' as fate,
        null as cause,
        rows_in.rows - coalesce(sum(counts.rows), 0) as rows
    from rows_in
    left join counts on rows_in.input_table = counts.input_table
    group by rows_in.input_table, rows_in.rows
)

select * from counts
union all
select * from erased
where rows <> 0
