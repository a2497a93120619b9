-- The leads of accounts by their own scorecards: which of them count, and the one buying role that
-- each of these has, by the roles of its account's scorecard (contract, section 4: accounts, buying
-- groups; 0001, number 28; decision 24).
with leads as (
    select
        scores.moment_key,
        leads.account,
        leads.lead_id,
        scores.scorecard,
        scores.total_score,
        scores.fit_score,
        scores.engagement_score,
        leads.status = 'open' and not scores.is_disqualified as counts,
        {{ lead_scoring.is_active('activity.gap') }} as is_active,
        leads.as_of
    from {{ ref('int_lead_scoring__scores') }} as scores
    inner join {{ ref('int_lead_scoring__leads_at_moments') }} as leads
        on scores.moment_key = leads.moment_key
    inner join {{ ref('int_lead_scoring__activity') }} as activity
        on scores.moment_key = activity.moment_key
    where scores.is_own_scorecard and leads.account is not null
),

scorecards as (
    select
        {{ lead_scoring.normalised('scorecard') }} as scorecard,
        coalesce(priority, 999999999) as priority
    from {{ ref('lead_scoring__scorecards') }}
),

scorecards_of_accounts as (
    select distinct
        account,
        as_of,
        scorecard
    from leads
    where counts
),

scorecards_in_order as (
    select
        named.account,
        named.as_of,
        named.scorecard,
        row_number() over (
            partition by named.account, named.as_of order by scorecards.priority
        ) as place
    from scorecards_of_accounts as named
    inner join scorecards on named.scorecard = scorecards.scorecard
),

accounts as (
    select * from scorecards_in_order
    where place = 1
),

roles as (
    select * from {{ ref('int_lead_scoring__scorecard_rules') }}
    where kind = 'buying_role'
),

-- a lead has one role: the first whose conditions hold
roles_held as (
    select
        leads.moment_key,
        roles.rule_id as role,
        row_number() over (partition by leads.moment_key order by roles.place) as place
    from leads
    inner join accounts on leads.account = accounts.account and leads.as_of = accounts.as_of
    inner join roles on accounts.scorecard = roles.scorecard
    inner join {{ ref('int_lead_scoring__rules_that_hold') }} as held
        on leads.moment_key = held.moment_key and roles.rule_key = held.rule_key
    where leads.counts
),

final as (
    select
        -- ids
        leads.moment_key,
        leads.account,
        leads.lead_id,
        accounts.scorecard as account_scorecard,
        roles_held.role,
        -- numerics
        leads.total_score,
        leads.fit_score,
        leads.engagement_score,
        -- flags
        leads.counts,
        leads.is_active,
        -- times
        leads.as_of
    from leads
    left join accounts on leads.account = accounts.account and leads.as_of = accounts.as_of
    left join roles_held on leads.moment_key = roles_held.moment_key and roles_held.place = 1
)

select * from final
