with standings as (
    select * from {{ ref('int_lead_scoring__stage_standings') }}
),

logged_moments as (
    select * from {{ ref('int_lead_scoring__logged_moments') }}
),

statuses as (
    select * from {{ ref('int_lead_scoring__lead_statuses') }}
),

standings_in_order as (
    select
        standings.moment_key,
        logged_moments.lead_id,
        standings.stage,
        standings.scorecard,
        standings.standing,
        lag(standings.standing) over (
            partition by logged_moments.lead_id, standings.stage order by logged_moments.as_of
        ) as standing_before
    from standings
    inner join logged_moments on standings.moment_key = logged_moments.moment_key
),

-- whether the first moment of a pass is a rise is for the log to say: it knows what was before
final as (
    select
        -- ids
        standings_in_order.moment_key,
        standings_in_order.stage,
        standings_in_order.scorecard
    from standings_in_order
    left join statuses on standings_in_order.moment_key = statuses.moment_key
    where
        standings_in_order.standing = 'met'
        and (
            standings_in_order.standing_before is null
            or standings_in_order.standing_before <> 'met'
        )
        and coalesce(statuses.status, 'open') = 'open'
        and not ({{ lead_scoring.is_held_out('standings_in_order.lead_id') }})
)

select * from final
