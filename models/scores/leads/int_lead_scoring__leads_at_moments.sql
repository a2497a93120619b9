-- What is known of each lead at its moment: the version that holds, its account, its status, whose
-- it is (contract, section 2: versions of a lead, status; decision 9; 0001, number 29).
with moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
),

known_outcomes as (
    select
        moments.moment_key,
        outcomes.outcome,
        nullif({{ lead_scoring.trimmed('outcomes.owner') }}, '') as owner,
        outcomes.occurred_at,
        outcomes.known_at
    from moments
    inner join {{ ref('stg_lead_scoring__outcomes') }} as outcomes
        on
            moments.lead_key = outcomes.lead_key
            and moments.as_of >= outcomes.occurred_at
            and moments.as_of >= outcomes.known_at
    where outcomes.quarantine_cause is null
),

statuses_latest_first as (
    {{ lead_scoring.statuses_latest_first('known_outcomes', ['moment_key']) }}
),

owners_latest_first as (
    select
        moment_key,
        owner,
        row_number() over (
            partition by moment_key order by occurred_at desc, known_at desc, owner
        ) as recency
    from known_outcomes
    where owner is not null
),

final as (
    select
        -- ids
        moments.moment_key,
        moments.lead_key,
        moments.lead_id,
        versions.account,
        -- strings
        case when statuses.outcome <> 'reopened' then statuses.outcome else 'open' end as status,
        owners.owner,
        -- flags
        moments.is_scored,
        versions.holds_since > moments.as_of as is_version_younger,
        -- times
        moments.as_of,
        moments.as_of_day,
        versions.holds_since
    from moments
    inner join {{ ref('int_lead_scoring__lead_versions') }} as versions
        on
            moments.lead_key = versions.lead_key
            and moments.as_of >= versions.holds_from
            and moments.as_of < versions.holds_until
    left join statuses_latest_first as statuses
        on moments.moment_key = statuses.moment_key and statuses.recency = 1
    left join owners_latest_first as owners
        on moments.moment_key = owners.moment_key and owners.recency = 1
)

select * from final
