-- What sales recorded, of leads that are known (contract, section 2: outcomes; 0001, number 13).
with outcome_rows as (
    {{ lead_scoring.input_rows('outcomes') }}
),

identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
),

identified_rows as (
    select
        outcome_rows.outcome_id,
        outcome_rows.outcome,
        outcome_rows.reason,
        outcome_rows.owner,
        outcome_rows.occurred_at,
        outcome_rows.loaded_at,
        {{ lead_scoring.input_number_of('outcome_rows.amount') }} as amount_as_number,
        identities.lead_key,
        coalesce(identities.is_erased, false) as is_erased,
        case
            when outcome_rows.quarantine_cause is not null then outcome_rows.quarantine_cause
            when
                lower(outcome_rows.outcome)
                not in ('{{ lead_scoring.outcomes() | join("', '") }}')
                then 'unknown outcome'
            when identities.lead_key is null and not coalesce(identities.is_erased, false)
                then 'unknown lead'
        end as cause
    from outcome_rows
    left join identities
        on {{ lead_scoring.short_hash(['outcome_rows.lead_id']) }} = identities.lead_hash
),

final as (
    select
        -- ids
        outcome_id,
        case when cause is null then lead_key end as lead_key,
        -- strings
        lower(outcome) as outcome,
        cause as quarantine_cause,
        reason,
        owner,
        -- numerics: what no deal is worth is a slip, and sums of it would have no room
        case when abs(amount_as_number) < 1000000000000000 then amount_as_number end as amount,
        -- times
        occurred_at,
        coalesce(loaded_at, occurred_at) as known_at
    from identified_rows
    where (cause is not null and not is_erased) or (cause is null and lead_key is not null)
)

select * from final
