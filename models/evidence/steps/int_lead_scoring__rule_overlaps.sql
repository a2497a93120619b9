with rules_at_instants as (
    select * from {{ ref('int_lead_scoring__rules_at_instants') }}
    where known = 1
),

leads_of_rules as (
    select
        scorecard,
        rule_id,
        count(*) as leads
    from rules_at_instants
    group by scorecard, rule_id
),

leads_of_pairs as (
    select
        own.scorecard,
        own.rule_id,
        other.rule_id as other_rule_id,
        count(*) as leads
    from rules_at_instants as own
    inner join rules_at_instants as other
        on
            own.lead_id = other.lead_id
            and own.scorecard = other.scorecard
            and own.rule_id <> other.rule_id
    group by own.scorecard, own.rule_id, other.rule_id
),

shares_of_pairs as (
    select
        pairs.scorecard,
        pairs.rule_id,
        pairs.other_rule_id,
        {{ lead_scoring.ratio('pairs.leads', '(own.leads + other.leads - pairs.leads)') }}
            as overlap
    from leads_of_pairs as pairs
    inner join leads_of_rules as own
        on pairs.scorecard = own.scorecard and pairs.rule_id = own.rule_id
    inner join leads_of_rules as other
        on pairs.scorecard = other.scorecard and pairs.other_rule_id = other.rule_id
),

ranked_overlaps as (
    select
        *,
        row_number() over (
            partition by scorecard, rule_id order by overlap desc, other_rule_id
        ) as place
    from shares_of_pairs
),

final as (
    select
        -- ids
        scorecard,
        rule_id,
        other_rule_id as most_overlapping_rule,
        -- numerics
        overlap
    from ranked_overlaps
    where place = 1
)

select * from final
