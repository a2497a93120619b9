{%- set lead_id = var('lead_scoring_lead_id', none) -%}

with chosen_leads as (
    select * from {{ ref('lead_scores') }}
    {%- if lead_id is not none %}
    where lead_id = '{{ lead_id | string | replace("'", "''") }}'
    {%- else %}
    order by total_score desc, lead_id
    limit 1
    {%- endif %}
),

score_reasons as (
    select * from {{ ref('score_reasons') }}
),

lead_decay as (
    select * from {{ ref('lead_decay') }}
),

reasons_of_chosen_leads as (
    select
        -- ids
        chosen_leads.lead_id,
        chosen_leads.scorecard,
        score_reasons.rule_id,
        -- strings
        score_reasons.dimension,
        score_reasons.signal,
        score_reasons.reason,
        -- numerics
        score_reasons.points,
        lead_decay.points_before_decay,
        lead_decay.points_in_30_days,
        sum(score_reasons.points) over (
            partition by chosen_leads.lead_id, chosen_leads.as_of, score_reasons.dimension
        ) as points_of_dimension,
        case
            when score_reasons.dimension = 'fit' then chosen_leads.fit_score
            else chosen_leads.engagement_score
        end as score_of_dimension,
        chosen_leads.total_score,
        -- times
        chosen_leads.as_of
    from chosen_leads
    inner join score_reasons
        on
            chosen_leads.lead_id = score_reasons.lead_id
            and chosen_leads.scorecard = score_reasons.scorecard
            and chosen_leads.as_of = score_reasons.as_of
    left join lead_decay
        on
            score_reasons.lead_id = lead_decay.lead_id
            and score_reasons.scorecard = lead_decay.scorecard
            and score_reasons.rule_id = lead_decay.rule_id
            and score_reasons.as_of = lead_decay.as_of
)

-- a person reads this: the order counts
select * from reasons_of_chosen_leads -- noqa: CV13
order by as_of, dimension desc, abs(points) desc, rule_id
