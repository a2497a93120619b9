-- The outbox: who is to be called, since when and until when. An episode that a run handed over
-- says so in the record itself (contract, section 4: held stage; decision 15).
with episodes as (
    select * from {{ ref('int_lead_scoring__stage_episodes') }}
    where episode_begins and routing_rule is not null
),

final as (
    select
        -- ids
        {{ lead_scoring.text_hash(
            "episodes.lead_id || chr(10) || episodes.stage || chr(10) || cast(episodes.episode as "
            ~ lead_scoring.type_name('text') ~ ")"
        ) }} as handoff_id,
        episodes.lead_id,
        episodes.stage,
        episodes.episode,
        episodes.scorecard,
        episodes.account,
        episodes.routing_rule,
        -- strings
        episodes.segment,
        episodes.queue,
        episodes.action,
        episodes.owner,
        episodes.reasons,
        episodes.grade,
        episodes.rules_fingerprint,
        -- numerics
        episodes.total_score,
        episodes.respond_within_minutes,
        -- times
        {{ lead_scoring.later('minute', 'episodes.respond_within_minutes', 'episodes.as_of') }}
            as respond_by,
        episodes.as_of as handed_off_at
    from episodes
)

select * from final
