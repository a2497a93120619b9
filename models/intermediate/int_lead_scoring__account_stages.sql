{%- set active_leads = var('lead_scoring_account_minimum_active_leads', 1) | int -%}
{%- set buying_roles = var('lead_scoring_account_minimum_buying_roles', 1) | int -%}

with catch_all as (
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

accounts as (
    select
        totals.*,
        catch_all.scorecard,
        case
            when
                totals.active_leads >= {{ active_leads }}
                and totals.buying_roles >= {{ buying_roles }}
                then 1
            else 0
        end as has_enough_people
    from {{ ref('int_lead_scoring__account_totals') }} as totals
    cross join catch_all
    where totals.open_leads > 0
),

-- with too few people an account is read as one that scores nothing
scores as (
    select
        account_key,
        scorecard,
        account_score * has_enough_people as total_score,
        best_fit_score * has_enough_people as fit_score,
        best_engagement_score * has_enough_people as engagement_score
    from accounts
),

labels as (
    {{ lead_scoring.labels_of_scores('scores') }}
),

final as (
    select
        scores.account_key,
        labels.stage
    from scores
    inner join labels
        on
            scores.total_score = labels.total_score
            and scores.fit_score = labels.fit_score
            and scores.engagement_score = labels.engagement_score
)

select * from final
