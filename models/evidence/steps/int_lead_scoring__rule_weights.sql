{%- set counts = [
    'conversions_with', 'others_with', 'conversions_without', 'others_without',
] %}

with scorecards as (
    select
        scorecard,
        sum(known) as leads,
        sum(converted) as conversions
    from {{ ref('int_lead_scoring__scored_outcomes') }}
    where scorecard <> '*'
    group by scorecard
),

leads_with as (
    select
        scorecard,
        rule_id,
        count(*) as leads,
        sum(converted) as conversions,
        sum(points) as points
    from {{ ref('int_lead_scoring__rules_at_instants') }}
    where known = 1
    group by scorecard, rule_id
),

rule_counts as (
    select
        rules.scorecard,
        rules.rule_id,
        rules.rule_key,
        rules.kind,
        rules.signal,
        rules.points as current_points,
        coalesce(scorecards.leads, 0) as leads,
        coalesce(leads_with.leads, 0) as leads_with,
        coalesce(leads_with.conversions, 0) as conversions_with,
        coalesce(leads_with.leads - leads_with.conversions, 0) as others_with,
        coalesce(scorecards.leads, 0) - coalesce(leads_with.leads, 0) as leads_without,
        coalesce(scorecards.conversions, 0) - coalesce(leads_with.conversions, 0)
            as conversions_without,
        leads_with.points / nullif(leads_with.leads, 0) as mean_points
    from {{ ref('int_lead_scoring__scorecard_rules') }} as rules
    left join scorecards on rules.scorecard = scorecards.scorecard
    left join leads_with
        on rules.scorecard = leads_with.scorecard and rules.rule_id = leads_with.rule_id
    where rules.kind <> 'routing'
),

rule_weights as (
    select
        *,
        leads_without - conversions_without as others_without,
        case
            {%- for confidence, leads, expected in [('none', 40, 5), ('low', 120, 10)] %}
            when
                least(
                    leads_with, leads_without, conversions_with + conversions_without,
                    leads - conversions_with - conversions_without
                ) < {{ leads }}
                or least(leads_with, leads_without)
                * cast(
                    conversions_with + conversions_without
                    as {{ lead_scoring.type_name('double') }}
                )
                < {{ expected }} * leads
                then '{{ confidence }}'
            {%- endfor %}
            else 'enough'
        end as confidence
    from rule_counts
),

final as (
    select
        *,
        case
            when leads_with > 0 and leads_without > 0
                then {{ lead_scoring.weight_of_evidence(*counts) }}
        end as weight,
        case
            when leads_with > 0 and leads_without > 0
                then {{ lead_scoring.weight_spread(*counts) }}
        end as weight_spread
    from rule_weights
)

select * from final
