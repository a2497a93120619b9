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

totals as (
    select
        *,
        count(*) over (partition by scorecard, rule_id, month) as bins,
        sum(leads) over (partition by scorecard, rule_id, month) as leads_of_month,
        sum(past_leads) over (partition by scorecard, rule_id, month) as past_leads_of_month
    from bins
),

shares as (
    select
        *,
        {{ lead_scoring.half_more('leads') }} / (leads_of_month + 0.5 * bins) as share,
        {{ lead_scoring.half_more('past_leads') }} / (past_leads_of_month + 0.5 * bins)
            as past_share
    from totals
),

stability as (
    select
        scorecard,
        rule_id,
        month,
        leads_of_month,
        past_leads_of_month,
        case when past_leads_of_month > 0 then {{ lead_scoring.statistic(
            'sum(cast(' ~ lead_scoring.rounded('(share - past_share) * ln(share / past_share)', 9)
            ~ ' as decimal(28, 9)))'
        ) }} end as psi,
        case when past_leads_of_month > 0 then {{ lead_scoring.statistic(
            '(bins - 1) * (1 / cast(leads_of_month as ' ~ lead_scoring.type_name('double') ~ ')'
            ~ ' + 1 / cast(past_leads_of_month as ' ~ lead_scoring.type_name('double') ~ '))'
        ) }} end as psi_by_chance
    from shares
    group by scorecard, rule_id, month, bins, leads_of_month, past_leads_of_month
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
            when least(leads_of_month, past_leads_of_month) < 100
                then 'unknown: fewer than 100 leads'
            when psi - psi_by_chance < 0.1 then 'stable'
            when psi - psi_by_chance < 0.25 then 'moved'
            else 'moved far'
        end as psi_verdict,
        -- numerics
        leads_of_month as leads,
        past_leads_of_month as past_leads,
        psi,
        psi_by_chance
    from stability
)

select * from final
