-- How complete the buying group of each account is, and who is missing (contract, section 4: buying
-- groups; decision 24).
with roles as (
    select
        *,
        -- only where the role asks for members
        case
            when members_needed is not null then {{ lead_scoring.divided_half_up(
                'cast(least(members, members_needed) as bigint) * 1000000', 'members_needed'
            ) }}
        end as millionths_found,
        coalesce(members < members_needed, false) as lacks_members
    from {{ ref('int_lead_scoring__account_roles') }}
),

missing_roles as (
    select
        account,
        as_of,
        place,
        description
        || ' (' || cast(members as {{ lead_scoring.type_name('text') }})
        || ' of ' || cast(members_needed as {{ lead_scoring.type_name('text') }})
        || case when is_required then ', required)' else ')' end as words
    from roles
    where lacks_members
),

missing_roles_in_words as (
    select
        account,
        as_of,
        {{ lead_scoring.ordered_texts('words', "'; '", 'place') }} as words
    from missing_roles
    group by account, as_of
),

counted_roles as (
    select
        account,
        as_of,
        scorecard,
        count(role) as roles,
        count(case when members > 0 then role end) as buying_roles,
        count(members_needed) as roles_needed,
        sum(millionths_found) as millionths_found,
        max(case when is_required and lacks_members then 1 else 0 end) = 0 as has_required_roles
    from roles
    group by account, as_of, scorecard
),

final as (
    select
        -- ids
        counted.account,
        counted.scorecard,
        -- strings
        missing.words as missing_roles,
        -- numerics
        cast(counted.roles as integer) as roles,
        cast(counted.buying_roles as integer) as buying_roles,
        cast(case
            when counted.roles_needed > 0 then {{ lead_scoring.divided_half_up(
                'counted.millionths_found', '10000 * counted.roles_needed'
            ) }}
        end as integer) as completeness_percent,
        -- flags
        counted.has_required_roles,
        -- times
        counted.as_of
    from counted_roles as counted
    left join missing_roles_in_words as missing
        on counted.account = missing.account and counted.as_of = missing.as_of
)

select * from final
