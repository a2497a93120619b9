-- How many of an account have each buying role of its scorecard (contract, section 4: buying
-- groups; decision 24).
with leads as (
    select * from {{ ref('int_lead_scoring__account_leads') }}
    where counts
),

accounts as (
    select distinct
        account,
        as_of,
        account_scorecard as scorecard
    from leads
),

roles as (
    select
        scorecard_rules.scorecard,
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

filled_roles as (
    select
        account,
        as_of,
        role,
        count(*) as members
    from leads
    where role is not null
    group by account, as_of, role
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
            and roles.role = filled.role
)

select * from final
