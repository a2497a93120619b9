with month_rules as (
    select * from {{ ref('int_lead_scoring__month_rules') }}
),

-- the score falls into bands, a rule into leads with it and leads without
bins as (
    select
        scorecard,
        '*' as rule_id,
        month,
        band as bin,
        leads,
        past_leads
    from {{ ref('int_lead_scoring__month_bands') }}
    union all
    select
        scorecard,
        rule_id,
        month,
        'with' as bin,
        leads,
        past_leads
    from month_rules
    union all
    select
        scorecard,
        rule_id,
        month,
        'without' as bin,
        leads_of_month - leads as leads,
        past_leads_of_month - past_leads as past_leads
    from month_rules
),

stability as (
    {{ lead_scoring.stability('bins', ['scorecard', 'rule_id', 'month']) }}
),

final as (
    select
        -- ids
        scorecard,
        rule_id,
        month,
        -- strings
        case
            when psi is null then 'unknown: no months before'
            when least(leads, past_leads) < 100
                then 'unknown: fewer than 100 leads'
            when psi - psi_by_chance < 0.1 then 'stable'
            when psi - psi_by_chance < 0.25 then 'moved'
            else 'moved far'
        end as psi_verdict,
        -- numerics
        leads,
        past_leads,
        psi,
        psi_by_chance
    from stability
)

select * from final
