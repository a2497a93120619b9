with months as (
    select
        scorecard,
        month,
        sum(leads) as leads,
        sum(past_leads) as past_leads
    from {{ ref('int_lead_scoring__month_bands') }}
    where scorecard <> '*'
    group by scorecard, month
),

counts as (
    select
        scorecard,
        rule_id,
        month,
        count(*) as leads,
        sum(known) as known_leads,
        sum(converted) as conversions
    from {{ ref('int_lead_scoring__rules_at_instants') }}
    group by scorecard, rule_id, month
),

every_month_and_rule as (
    select
        months.scorecard,
        rules.rule_id,
        months.month,
        months.leads as leads_of_month,
        months.past_leads as past_leads_of_month,
        coalesce(counts.leads, 0) as leads,
        coalesce(counts.known_leads, 0) as known_leads,
        coalesce(counts.conversions, 0) as conversions
    from months
    inner join {{ ref('int_lead_scoring__scorecard_rules') }} as rules
        on months.scorecard = rules.scorecard and {{ lead_scoring.gives_points('rules.kind') }}
    left join counts
        on
            months.scorecard = counts.scorecard
            and months.month = counts.month
            and rules.rule_id = counts.rule_id
),

final as (
    select
        -- ids
        scorecard,
        rule_id,
        month,
        -- numerics
        leads_of_month,
        past_leads_of_month,
        leads,
        coalesce(sum(leads) over (
            partition by scorecard, rule_id order by month
            rows between unbounded preceding and 1 preceding
        ), 0) as past_leads,
        known_leads,
        conversions
    from every_month_and_rule
)

select * from final
