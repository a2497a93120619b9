-- What the leads of an account come to (contract, section 4: accounts, buying groups; decisions 8
-- and 24). Where too few people are active or in buying roles, or a required role lacks members,
-- the account's stage is read as if it scored nothing.
{%- set method = var('lead_scoring_account_method', 'champion') %}
{%- set sum_limit = var('lead_scoring_account_sum_limit', 100) | int %}
{%- set trend_points = var('lead_scoring_trend_points', 5) | int %}
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

buying_groups as (
    select * from {{ ref('int_lead_scoring__buying_groups') }}
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
        max(case when place = 1 then lead_id end) as best_lead_id,
        max(total_score) as best_score,
        max(fit_score) as best_fit_score,
        max(engagement_score) as best_engagement_score,
        sum(case when is_active then 1 else 0 end) as active_leads
    from leads_best_first
    group by account, as_of
),

-- the leads that count, with their scores now and with what is on record of 7 and 30 days before
scores_of_leads as (
    select
        account,
        as_of,
        0 as days_before,
        role,
        total_score
    from leads
    where counts
    {%- for days in [7, 30] %}
    union all
    select
        leads.account,
        leads.as_of,
        {{ days }} as days_before,
        leads.role,
        moved.total_score - moved.change_over_{{ days }}_days as total_score
    from leads
    inner join {{ ref('lead_scores') }} as moved
        on leads.lead_id = moved.lead_id and leads.as_of = moved.as_of
    where leads.counts and moved.change_over_{{ days }}_days is not null
    {%- endfor %}
),

counted_scores as (
    select
        account,
        as_of,
        days_before,
        count(*) as leads,
        sum(total_score) as sum_of_scores,
        max(total_score) as best_score
    from scores_of_leads
    group by account, as_of, days_before
),

best_of_roles as (
    select
        account,
        as_of,
        days_before,
        role,
        max(total_score) as best_score
    from scores_of_leads
    where role is not null
    group by account, as_of, days_before, role
),

weighed_roles as (
    select
        counted.account,
        counted.as_of,
        counted.days_before,
        cast(roles.weight * 100 as integer) as hundredths,
        coalesce(best.best_score, 0) as best_score
    from counted_scores as counted
    inner join {{ ref('int_lead_scoring__account_roles') }} as roles
        on counted.account = roles.account and counted.as_of = roles.as_of
    left join best_of_roles as best
        on
            counted.account = best.account
            and counted.as_of = best.as_of
            and counted.days_before = best.days_before
            and roles.role = best.role
    where roles.members_needed is not null or best.best_score is not null
),

weighed_accounts as (
    select
        account,
        as_of,
        days_before,
        sum(hundredths) as weight_of_roles,
        sum(hundredths * best_score) as weighted_score
    from weighed_roles
    group by account, as_of, days_before
),

scores_of_days as (
    select
        counted.account,
        counted.as_of,
        counted.days_before,
        case
            when '{{ method }}' = 'mean'
                then {{ lead_scoring.divided_half_up('counted.sum_of_scores', 'counted.leads') }}
            when '{{ method }}' = 'max' then counted.best_score
            when '{{ method }}' = 'sum' and counted.sum_of_scores > {{ sum_limit }}
                then {{ sum_limit }}
            when '{{ method }}' = 'sum' then counted.sum_of_scores
            when '{{ method }}' = 'roles' and weighed.weight_of_roles > 0
                then {{ lead_scoring.divided_half_up(
                    'weighed.weighted_score', 'weighed.weight_of_roles'
                ) }}
            when counted.leads = 1 then counted.best_score
            else {{ lead_scoring.divided_half_up(
                '6 * counted.best_score * (counted.leads - 1)'
                ~ ' + 4 * (counted.sum_of_scores - counted.best_score)',
                '10 * (counted.leads - 1)'
            ) }}
        end as account_score
    from counted_scores as counted
    left join weighed_accounts as weighed
        on
            counted.account = weighed.account
            and counted.as_of = weighed.as_of
            and counted.days_before = weighed.days_before
),

scores_of_accounts as (
    select
        {%- for days in [0, 7, 30] %}
        cast(max(case when days_before = {{ days }} then account_score end) as integer)
            as score_{{ days }}_before,
        {%- endfor %}
        account,
        as_of
    from scores_of_days
    group by account, as_of
),

accounts as (
    select
        counted.*,
        buying_groups.scorecard,
        buying_groups.buying_roles,
        buying_groups.completeness_percent,
        buying_groups.missing_roles,
        buying_groups.has_required_roles,
        scores.score_0_before as account_score,
        scores.score_0_before - scores.score_7_before as change_over_7_days,
        scores.score_0_before - scores.score_30_before as change_over_30_days,
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
    from leads_that_count as counted
    inner join buying_groups
        on counted.account = buying_groups.account and counted.as_of = buying_groups.as_of
    inner join scores_of_accounts as scores
        on counted.account = scores.account and counted.as_of = scores.as_of
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
        case
            when accounts.change_over_7_days >= {{ trend_points }} then 'rising'
            when accounts.change_over_7_days <= -{{ trend_points }} then 'falling'
            when accounts.change_over_7_days is not null then 'steady'
        end as trend,
        accounts.missing_roles,
        -- numerics
        cast(all_leads.leads as integer) as leads,
        cast(coalesce(accounts.open_leads, 0) as integer) as open_leads,
        cast(accounts.account_score as integer) as account_score,
        cast(accounts.best_score as integer) as best_score,
        cast(accounts.change_over_7_days as integer) as change_over_7_days,
        cast(accounts.change_over_30_days as integer) as change_over_30_days,
        cast(coalesce(accounts.active_leads, 0) as integer) as active_leads,
        coalesce(accounts.buying_roles, 0) as buying_roles,
        accounts.completeness_percent,
        -- flags
        accounts.has_required_roles,
        -- times
        all_leads.as_of
    from all_leads
    left join accounts
        on all_leads.account = accounts.account and all_leads.as_of = accounts.as_of
    left join stages on all_leads.account = stages.account and all_leads.as_of = stages.as_of
)

select * from final
