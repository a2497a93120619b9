-- What the leads of an account come to (contract, section 4: accounts, buying groups; decisions 8
-- and 24). Where too few people are active or in buying roles, or a required role lacks members,
-- the account's stage is read as if it scored nothing.
{%- set method = var('lead_scoring_account_method', 'champion') %}
{%- set sum_limit = var('lead_scoring_account_sum_limit', 100) | int %}
{%- set minimum_active_leads = var('lead_scoring_account_minimum_active_leads', 1) | int %}
{%- set minimum_buying_roles = var('lead_scoring_account_minimum_buying_roles', 1) | int %}
{%- if method not in ['champion', 'mean', 'max', 'sum', 'roles'] %}
{{ exceptions.raise_compiler_error(
    "The var lead_scoring_account_method is '" ~ method
    ~ "'. Write champion, mean, max, sum or roles."
) }}
{%- endif %}

with leads as (
    select * from {{ ref('int_lead_scoring__account_leads') }}
),

roles as (
    select
        *,
        -- only where the role asks for members
        case
            when members_needed is not null then {{ lead_scoring.divided_half_up(
                'cast(least(members, members_needed) as bigint) * 1000000', 'members_needed'
            ) }}
        end as millionths_found,
        coalesce(members < members_needed, false) as lacks_members,
        cast(
            case when members_needed is not null or members > 0 then weight * 100 end as integer
        ) as hundredths_of_weight
    from {{ ref('int_lead_scoring__buying_groups') }}
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

buying_groups as (
    select
        account,
        as_of,
        scorecard,
        count(role) as roles,
        count(case when members > 0 then role end) as buying_roles,
        count(members_needed) as roles_needed,
        sum(millionths_found) as millionths_found,
        max(case when is_required and lacks_members then 1 else 0 end) = 0 as has_required_roles,
        sum(hundredths_of_weight) as weight_of_roles,
        sum(hundredths_of_weight * best_score) as weighted_score
    from roles
    group by account, as_of, scorecard
),

leads_best_first as (
    select
        *,
        row_number() over (
            partition by account, as_of order by total_score desc, lead_id
        ) as place
    from leads
    where counts
),

all_leads as (
    select
        account,
        as_of,
        count(*) as leads
    from leads
    group by account, as_of
),

leads_that_count as (
    select
        account,
        as_of,
        count(*) as open_leads,
        sum(total_score) as sum_of_scores,
        max(case when place = 1 then lead_id end) as best_lead_id,
        max(total_score) as best_score,
        max(fit_score) as best_fit_score,
        max(engagement_score) as best_engagement_score,
        sum(case when is_active then 1 else 0 end) as active_leads
    from leads_best_first
    group by account, as_of
),

leads_with_champion as (
    select
        *,
        case
            when open_leads = 1 then best_score
            else {{ lead_scoring.divided_half_up(
                '6 * best_score * (open_leads - 1) + 4 * (sum_of_scores - best_score)',
                '10 * (open_leads - 1)'
            ) }}
        end as champion_score
    from leads_that_count
),

accounts as (
    select
        counted.*,
        buying_groups.scorecard,
        buying_groups.buying_roles,
        buying_groups.has_required_roles,
        case
            when buying_groups.roles_needed > 0 then {{ lead_scoring.divided_half_up(
                'buying_groups.millionths_found', '10000 * buying_groups.roles_needed'
            ) }}
        end as completeness_percent,
        {%- if method == 'champion' %}
        counted.champion_score as account_score,
        {%- elif method == 'roles' %}
        case
            when buying_groups.weight_of_roles > 0 then {{ lead_scoring.divided_half_up(
                'buying_groups.weighted_score', 'buying_groups.weight_of_roles'
            ) }}
            else counted.champion_score
        end as account_score,
        {%- elif method == 'mean' %}
        {{ lead_scoring.divided_half_up('counted.sum_of_scores', 'counted.open_leads') }}
            as account_score,
        {%- elif method == 'max' %}
        counted.best_score as account_score,
        {%- else %}
        case
            when counted.sum_of_scores > {{ sum_limit }} then {{ sum_limit }}
            else counted.sum_of_scores
        end as account_score,
        {%- endif %}
        case
            when
                counted.active_leads >= {{ minimum_active_leads }}
                -- no more roles can be asked for than there are
                and (
                    buying_groups.buying_roles >= {{ minimum_buying_roles }}
                    or buying_groups.buying_roles = buying_groups.roles
                )
                and buying_groups.has_required_roles
                then 1
            else 0
        end as has_enough_people
    from leads_with_champion as counted
    inner join buying_groups
        on counted.account = buying_groups.account and counted.as_of = buying_groups.as_of
),

-- the ladder of the scorecard that is for everyone
catch_all as (
    select {{ lead_scoring.normalised('scorecards.scorecard') }} as scorecard
    from {{ ref('lead_scoring__scorecards') }} as scorecards
    left join {{ ref('lead_scoring__audiences') }} as audiences
        on
            {{ lead_scoring.normalised('scorecards.scorecard') }}
            = {{ lead_scoring.normalised('audiences.scorecard') }}
    where
        {{ lead_scoring.normalised('scorecards.status') }} = 'live'
        and audiences.scorecard is null
),

scores_for_stage as (
    select
        accounts.account,
        accounts.as_of,
        catch_all.scorecard,
        accounts.account_score * accounts.has_enough_people as total_score,
        accounts.best_fit_score * accounts.has_enough_people as fit_score,
        accounts.best_engagement_score * accounts.has_enough_people as engagement_score
    from accounts
    cross join catch_all
),

labels as (
    {{ lead_scoring.labels_of_scores('scores_for_stage') }}
),

stages as (
    select
        scores.account,
        scores.as_of,
        labels.stage
    from scores_for_stage as scores
    inner join labels
        on
            scores.total_score = labels.total_score
            and scores.fit_score = labels.fit_score
            and scores.engagement_score = labels.engagement_score
),

final as (
    select
        -- ids
        all_leads.account,
        accounts.best_lead_id,
        accounts.scorecard,
        -- strings
        stages.stage,
        missing_roles_in_words.words as missing_roles,
        -- numerics
        cast(all_leads.leads as integer) as leads,
        cast(coalesce(accounts.open_leads, 0) as integer) as open_leads,
        cast(accounts.account_score as integer) as account_score,
        cast(accounts.best_score as integer) as best_score,
        cast(coalesce(accounts.active_leads, 0) as integer) as active_leads,
        cast(coalesce(accounts.buying_roles, 0) as integer) as buying_roles,
        cast(accounts.completeness_percent as integer) as completeness_percent,
        -- flags
        accounts.has_required_roles,
        -- times
        all_leads.as_of
    from all_leads
    left join accounts
        on all_leads.account = accounts.account and all_leads.as_of = accounts.as_of
    left join stages on all_leads.account = stages.account and all_leads.as_of = stages.as_of
    left join missing_roles_in_words
        on
            all_leads.account = missing_roles_in_words.account
            and all_leads.as_of = missing_roles_in_words.as_of
)

select * from final
