with event_rows as (
    {{ lead_scoring.input_rows('events') }}
),

identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
),

identified_rows as (
    select
        event_rows.*,
        coalesce(event_rows.loaded_at, event_rows.occurred_at) as known_at,
        case
            when event_rows.quarantine_cause is null
                then coalesce(identities.lead_key, erased_leads.lead_key)
        end as lead_key,
        case
            when erased_leads.erased_lead_hash is not null then null
            when event_rows.quarantine_cause is not null then event_rows.quarantine_cause
            when identities.survivor_lead_id is null then 'unknown lead'
        end as final_cause
    from event_rows
    left join identities on event_rows.lead_id = identities.lead_id
    left join identities as erased_leads
        on
            case when identities.lead_id is null then {{ dbt.hash('event_rows.lead_id') }} end
            = erased_leads.erased_lead_hash
),

repeated_ids as (
    select event_id
    from identified_rows
    where quarantine_cause is null
    group by event_id
    having count(*) > 1
),

-- of equal loading times the row that sorts first
rows_of_repeated_ids as (
    select
        identified_rows.*,
        row_number() over (
            partition by identified_rows.event_id, identified_rows.known_at
            order by {{ lead_scoring.row_text('events', 'identified_rows') }}
        ) as rank_among_equals
    from identified_rows
    inner join repeated_ids on identified_rows.event_id = repeated_ids.event_id
    where identified_rows.quarantine_cause is null
),

-- each version holds until the next one is loaded
rows_with_end as (
    select
        *,
        lead(known_at) over (partition by event_id order by known_at) as superseded_at
    from rows_of_repeated_ids
    where rank_among_equals = 1
    union all
    select
        *,
        known_at as superseded_at
    from rows_of_repeated_ids
    where rank_among_equals > 1
    union all
    select
        identified_rows.*,
        1 as rank_among_equals,
        cast(null as timestamp) as superseded_at
    from identified_rows
    left join repeated_ids on identified_rows.event_id = repeated_ids.event_id
    where repeated_ids.event_id is null or identified_rows.quarantine_cause is not null
),

final as (
    select
        -- ids
        event_id,
        lead_key,
        -- strings
        final_cause as quarantine_cause,
        {%- for column in lead_scoring.event_columns() %}
        {%- if column == 'event_type' %}
        lower(event_type) as event_type,
        {%- elif column != 'occurred_at' %}
        {{ adapter.quote(column) }},
        {%- endif %}
        {%- endfor %}
        -- flags
        length(occurred_at_as_text) = 10 as is_day_alone,
        -- times
        occurred_at,
        {{ lead_scoring.reporting_day('occurred_at') }} as occurred_day,
        known_at,
        superseded_at
    from rows_with_end
    where final_cause is not null or lead_key is not null
)

select * from final
