with routes as (
    select * from {{ ref('int_lead_scoring__routes') }}
),

moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
),

versions as (
    select * from {{ ref('int_lead_scoring__lead_versions') }}
),

scores as (
    select * from {{ ref('int_lead_scoring__scores') }}
    where is_own_scorecard
),

lead_owners as (
    select * from {{ ref('int_lead_scoring__lead_owners') }}
),

scorecard_owners as (
    select
        {{ lead_scoring.normalised('scorecard') }} as scorecard,
        nullif({{ lead_scoring.trimmed('owner') }}, '') as owner
    from {{ ref('lead_scoring__scorecards') }}
),

routed_moments as (
    select distinct
        routes.moment_key,
        scores.scorecard
    from routes
    inner join scores on routes.moment_key = scores.moment_key
),

strongest_reasons as (
    {{ lead_scoring.strongest_reasons('routed_moments') }}
),

final as (
    select
        -- ids
        routes.*,
        scores.scorecard,
        {{ lead_scoring.account_of('versions') }} as account,
        -- strings
        scores.segment,
        coalesce(lead_owners.owner, scorecard_owners.owner) as owner,
        strongest_reasons.reasons,
        scores.fit_grade || scores.engagement_grade as grade,
        -- numerics
        scores.total_score
    from routes
    inner join scores on routes.moment_key = scores.moment_key
    inner join moments on routes.moment_key = moments.moment_key
    inner join versions on {{ lead_scoring.holds_at_moment() }}
    inner join scorecard_owners on scores.scorecard = scorecard_owners.scorecard
    left join lead_owners on routes.moment_key = lead_owners.moment_key
    left join strongest_reasons on routes.moment_key = strongest_reasons.moment_key
)

select * from final
