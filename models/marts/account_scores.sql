-- What the leads of an account come to (contract, section 4: accounts; decision 8). Where too few
-- people are active or in buying roles, the account's stage is read as if it scored nothing.
{%- set method = var('lead_scoring_account_method', 'champion') %}
{%- set sum_limit = var('lead_scoring_account_sum_limit', 100) | int %}
{%- set minimum_active_leads = var('lead_scoring_account_minimum_active_leads', 1) | int %}
{%- set minimum_buying_roles = var('lead_scoring_account_minimum_buying_roles', 1) | int %}
{%- if method not in ['champion', 'mean', 'max', 'sum'] %}
{{ exceptions.raise_compiler_error(
    "The var lead_scoring_account_method is '" ~ method ~ "'. Write champion, mean, max or sum."
) }}
{%- endif %}

with leads as (
    select
        leads.account,
        leads.as_of,
        leads.lead_id,
        case
            when versions.seniority in ('c_level', 'vp', 'director', 'manager')
                then versions.department
        end as buying_role,
        scores.total_score,
        scores.fit_score,
        scores.engagement_score,
        leads.status = 'open' and not scores.is_disqualified as counts,
        {{ lead_scoring.is_active('activity.gap') }} as is_active
    from {{ ref('int_lead_scoring__scores') }} as scores
    inner join {{ ref('int_lead_scoring__leads_at_moments') }} as leads
        on scores.moment_key = leads.moment_key
    inner join {{ ref('int_lead_scoring__lead_versions') }} as versions
        on leads.lead_key = versions.lead_key and leads.holds_since = versions.holds_since
    inner join {{ ref('int_lead_scoring__activity') }} as activity
        on scores.moment_key = activity.moment_key
    where scores.is_own_scorecard and leads.account is not null
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
        sum(case when is_active then 1 else 0 end) as active_leads,
        count(distinct buying_role) as buying_roles
    from leads_best_first
    group by account, as_of
),

accounts as (
    select
        *,
        {%- if method == 'champion' %}
        case
            when open_leads = 1 then best_score
            else {{ lead_scoring.divided_half_up(
                '6 * best_score * (open_leads - 1) + 4 * (sum_of_scores - best_score)',
                '10 * (open_leads - 1)'
            ) }}
        end as account_score,
        {%- elif method == 'mean' %}
        {{ lead_scoring.divided_half_up('sum_of_scores', 'open_leads') }} as account_score,
        {%- elif method == 'max' %}
        best_score as account_score,
        {%- else %}
        case when sum_of_scores > {{ sum_limit }} then {{ sum_limit }} else sum_of_scores end
            as account_score,
        {%- endif %}
        case
            when
                active_leads >= {{ minimum_active_leads }}
                and buying_roles >= {{ minimum_buying_roles }}
                then 1
            else 0
        end as has_enough_people
    from leads_that_count
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
        -- strings
        stages.stage,
        -- numerics
        cast(all_leads.leads as integer) as leads,
        cast(coalesce(accounts.open_leads, 0) as integer) as open_leads,
        cast(accounts.account_score as integer) as account_score,
        cast(accounts.best_score as integer) as best_score,
        cast(coalesce(accounts.active_leads, 0) as integer) as active_leads,
        cast(coalesce(accounts.buying_roles, 0) as integer) as buying_roles,
        -- times
        all_leads.as_of
    from all_leads
    left join accounts
        on all_leads.account = accounts.account and all_leads.as_of = accounts.as_of
    left join stages on all_leads.account = stages.account and all_leads.as_of = stages.as_of
)

select * from final
