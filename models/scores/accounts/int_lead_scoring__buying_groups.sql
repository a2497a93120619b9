-- Who of an account has which buying role (contract, section 4: buying groups; decision 24).
with leads as (
    select * from {{ ref('int_lead_scoring__account_leads') }}
    where counts
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
    select
        account,
        as_of,
        scorecard
    from scorecards_in_order
    where place = 1
),

roles as (
    select
        scorecard_rules.scorecard,
        scorecard_rules.rule_key,
        scorecard_rules.rule_id as role,
        scorecard_rules.place,
        rules.description,
        rules.members_needed,
        rules.weight,
        rules.is_required
    from {{ ref('int_lead_scoring__scorecard_rules') }} as scorecard_rules
    inner join {{ ref('int_lead_scoring__rules') }} as rules
        on scorecard_rules.rule_key = rules.rule_key
    where scorecard_rules.kind = 'buying_role'
),

-- a lead has one role: the first whose conditions hold
roles_of_leads as (
    select
        leads.account,
        leads.as_of,
        leads.total_score,
        roles.rule_key,
        row_number() over (partition by leads.moment_key order by roles.place) as place
    from leads
    inner join accounts on leads.account = accounts.account and leads.as_of = accounts.as_of
    inner join roles on accounts.scorecard = roles.scorecard
    inner join {{ ref('int_lead_scoring__rules_that_hold') }} as held
        on leads.moment_key = held.moment_key and roles.rule_key = held.rule_key
),

filled_roles as (
    select
        account,
        as_of,
        rule_key,
        count(*) as members,
        max(total_score) as best_score
    from roles_of_leads
    where place = 1
    group by account, as_of, rule_key
),

final as (
    select
        -- ids
        accounts.account,
        accounts.scorecard,
        roles.role,
        -- strings
        roles.description,
        -- numerics
        roles.place,
        roles.members_needed,
        roles.weight,
        cast(coalesce(filled.members, 0) as integer) as members,
        cast(coalesce(filled.best_score, 0) as integer) as best_score,
        -- flags
        coalesce(roles.is_required, false) as is_required,
        -- times
        accounts.as_of
    from accounts
    left join roles on accounts.scorecard = roles.scorecard
    left join filled_roles as filled
        on
            accounts.account = filled.account
            and accounts.as_of = filled.as_of
            and roles.rule_key = filled.rule_key
)

select * from final
