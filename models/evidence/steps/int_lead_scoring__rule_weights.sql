{%- set double = lead_scoring.type_name('double') -%}

with rests as (
    select * from {{ ref('int_lead_scoring__rests') }}
),

strata_of_groups as (
    select
        scorecard,
        rule_group,
        stratum,
        count(*) as leads,
        sum(converted) as conversions,
        sum(points) as points,
        count(*) over (partition by scorecard, rule_group) as strata
    from rests
    group by scorecard, rule_group, stratum
),

-- a bin is a rule, or what no rule of the group holds for
bins as (
    select
        scorecard,
        rule_group,
        coalesce(rule_id, '') as rule_id,
        max(rules_of_group) as rules_of_group
    from rests
    group by scorecard, rule_group, coalesce(rule_id, '')
),

counts as (
    select
        bins.scorecard,
        bins.rule_group,
        bins.rule_id,
        bins.rules_of_group,
        strata_of_groups.stratum,
        strata_of_groups.leads,
        strata_of_groups.conversions,
        strata_of_groups.points,
        strata_of_groups.strata,
        count(rests.lead_id) as leads_with,
        coalesce(sum(rests.converted), 0) as conversions_with,
        coalesce(sum(rests.points), 0) as points_with
    from bins
    inner join strata_of_groups
        on
            bins.scorecard = strata_of_groups.scorecard
            and bins.rule_group = strata_of_groups.rule_group
    left join rests
        on
            bins.scorecard = rests.scorecard
            and bins.rule_group = rests.rule_group
            and bins.rule_id = coalesce(rests.rule_id, '')
            and strata_of_groups.stratum = rests.stratum
    group by
        bins.scorecard, bins.rule_group, bins.rule_id, bins.rules_of_group,
        strata_of_groups.stratum, strata_of_groups.leads, strata_of_groups.conversions,
        strata_of_groups.points, strata_of_groups.strata
),

-- half a lead is added to each of the four counts, spread over the strata
{%- set strata = 'cast(strata as ' ~ double ~ ')' %}
cells as (
    select
        *,
        conversions_with + 0.5 / {{ strata }} as a,
        leads_with - conversions_with + 0.5 / {{ strata }} as b,
        conversions - conversions_with + 0.5 / {{ strata }} as c,
        leads - leads_with - (conversions - conversions_with) + 0.5 / {{ strata }} as d,
        leads + 2 / {{ strata }} as n
    from counts
),

-- Mantel and Haenszel's odds ratio over strata, and its variance by Robins, Breslow and Greenland
{%- set terms = {
    'r': 'a * d / n', 's': 'b * c / n', 'pr': '(a + d) * a * d / (n * n)',
    'psqr': '((a + d) * b * c + (b + c) * a * d) / (n * n)', 'qs': '(b + c) * b * c / (n * n)',
} %}
sums as (
    select
        scorecard,
        rule_group,
        rule_id,
        {%- for name, term in terms.items() %}
        cast(
            sum(cast({{ lead_scoring.rounded(term, 9) }} as decimal(28, 9))) as {{ double }}
        ) as {{ name }},
        {%- endfor %}
        max(rules_of_group) as rules_of_group,
        sum(leads) as leads,
        sum(conversions) as conversions,
        sum(points) as points,
        sum(leads_with) as leads_with,
        sum(conversions_with) as conversions_with,
        sum(points_with) as points_with
    from cells
    group by scorecard, rule_group, rule_id
),

-- to nine decimals: each engine computes the last digits of a logarithm and a root in its own way
{%- set weights = {
    'weight': 'ln(r / s)',
    'weight_spread': lead_scoring.normal_quantile()
        ~ ' * sqrt(pr / (2 * r * r) + psqr / (2 * r * s) + qs / (2 * s * s))',
} %}
weighed_bins as (
    select
        *,
        {%- for name, weight in weights.items() %}
        case
            when leads_with > 0 and leads_with < leads then
                cast(cast({{ lead_scoring.rounded(weight, 9) }} as decimal(28, 9)) as {{ double }})
        end as {{ name }},
        {%- endfor %}
        cast(points_with as {{ double }}) / nullif(leads_with, 0)
        - cast(points - points_with as {{ double }}) / nullif(leads - leads_with, 0) as advantage,
        cast(points as {{ double }}) / leads as points_of_all
    from sums
),

scorecards as (
    select
        scorecard,
        sum(known) as leads,
        sum(converted) as conversions
    from {{ ref('int_lead_scoring__scored_outcomes') }}
    where scorecard <> '*'
    group by scorecard
),

rule_counts as (
    select
        rules.scorecard,
        rules.rule_id,
        rules.rule_key,
        rules.kind,
        rules.signal,
        rules.points as current_points,
        coalesce(bins.rules_of_group, 1) as rules_of_group,
        coalesce(scorecards.leads, 0) as leads,
        coalesce(bins.leads_with, 0) as leads_with,
        coalesce(bins.conversions_with, 0) as conversions_with,
        coalesce(bins.leads_with - bins.conversions_with, 0) as others_with,
        coalesce(scorecards.leads, 0) - coalesce(bins.leads_with, 0) as leads_without,
        coalesce(scorecards.conversions, 0) - coalesce(bins.conversions_with, 0)
            as conversions_without,
        cast(bins.points_with as {{ double }}) / nullif(bins.leads_with, 0) as mean_points,
        bins.weight,
        bins.weight_spread,
        bins.advantage,
        bins.points_of_all,
        -- leads that no rule of the group holds for: where the group gives nothing
        coalesce(none.leads_with, 0) as leads_of_none,
        none.weight as weight_of_none
    from {{ ref('int_lead_scoring__scorecard_rules') }} as rules
    left join scorecards on rules.scorecard = scorecards.scorecard
    left join weighed_bins as bins
        on rules.scorecard = bins.scorecard and rules.rule_id = bins.rule_id
    left join weighed_bins as none
        on
            bins.scorecard = none.scorecard
            and bins.rule_group = none.rule_group
            and none.rule_id = ''
    where {{ lead_scoring.gives_points('rules.kind') }}
),

final as (
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
                * cast(conversions_with + conversions_without as {{ double }})
                < {{ expected }} * leads
                then '{{ confidence }}'
            {%- endfor %}
            else 'enough'
        end as confidence
    from rule_counts
)

select * from final
