with row_hashes as (
    {{ lead_scoring.lead_row_hashes() }}
),

current_input as (
    select
        lead_hash,
        {{ lead_scoring.sum_of_hashes('row_hash') }} as fingerprint
    from row_hashes
    group by lead_hash
),

known_input as (
    {{ lead_scoring.known_input(
        'stg_lead_scoring__lead_fingerprints', 'lead_hash', 'fingerprint'
    ) }}
),

final as (
    select
        -- ids
        coalesce(current_input.lead_hash, known_input.lead_hash) as lead_hash,
        {{ lead_scoring.run_number() }} as run_number,
        -- numerics
        current_input.fingerprint,
        known_input.fingerprint as fingerprint_in_finished_run,
        -- flags
        coalesce(current_input.fingerprint <> known_input.fingerprint, true) as is_changed
    from current_input
    full outer join known_input on current_input.lead_hash = known_input.lead_hash
    where current_input.fingerprint is not null or known_input.fingerprint is not null
)

select * from final
