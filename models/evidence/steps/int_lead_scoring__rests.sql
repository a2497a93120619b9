-- What is left of a lead's score without the rules that are judged together (decision 12).
with
-- what a rule is judged within: the rules of a signal that keeps the first of them are bins of one
-- scale, any other rule stands for itself
rule_groups as (
    select
        rules.scorecard,
        rules.rule_id,
        case
            when rules.is_first_only then 'signal ' || rules.signal
            else 'rule ' || rules.rule_id
        end as rule_group,
        case
            when rules.kind = 'fit'
                then 100 * scorecards.fit_weight / scorecards.fit_points_for_100
            else
                100 * (1 - scorecards.fit_weight) / scorecards.engagement_points_for_100
        end as score_per_point
    from {{ ref('int_lead_scoring__scorecard_rules') }} as rules
    inner join {{ ref('lead_scoring__scorecards') }} as scorecards
        on rules.scorecard = {{ lead_scoring.normalised('scorecards.scorecard') }}
    where {{ lead_scoring.gives_points('rules.kind') }}
),

groups_of_scorecards as (
    select
        scorecard,
        rule_group,
        score_per_point,
        count(*) as rules_of_group
    from rule_groups
    group by scorecard, rule_group, score_per_point
),

-- the score before it is held between 0 and 100
scorings as (
    select
        outcomes.lead_id,
        outcomes.scorecard,
        outcomes.converted,
        100 * scorecards.fit_weight * scores.fit_points / scorecards.fit_points_for_100
        + 100 * (1 - scorecards.fit_weight) * scores.engagement_points
        / scorecards.engagement_points_for_100 as score,
        cast(floor(
            4.0 * (rank() over (partition by outcomes.scorecard order by outcomes.month) - 1)
            / count(*) over (partition by outcomes.scorecard)
        ) as integer) as quarter_of_record
    from {{ ref('int_lead_scoring__scored_outcomes') }} as outcomes
    inner join {{ ref('int_lead_scoring__scores') }} as scores
        on
            outcomes.moment_key = scores.moment_key
            and outcomes.scorecard = scores.scorecard
    inner join {{ ref('lead_scoring__scorecards') }} as scorecards
        on outcomes.scorecard = {{ lead_scoring.normalised('scorecards.scorecard') }}
    where outcomes.known = 1
),

points_of_groups as (
    select
        rules.lead_id,
        rules.scorecard,
        rule_groups.rule_group,
        min(rules.rule_id) as rule_id,
        sum(rules.points) as points
    from {{ ref('int_lead_scoring__rules_at_instants') }} as rules
    inner join rule_groups
        on rules.scorecard = rule_groups.scorecard and rules.rule_id = rule_groups.rule_id
    where rules.known = 1
    group by rules.lead_id, rules.scorecard, rule_groups.rule_group
),

rests as (
    select
        scorings.lead_id,
        scorings.scorecard,
        groups_of_scorecards.rule_group,
        groups_of_scorecards.rules_of_group,
        points_of_groups.rule_id,
        scorings.converted,
        scorings.quarter_of_record,
        coalesce(points_of_groups.points, 0) as points,
        cast({{ lead_scoring.rounded(
            'scorings.score - groups_of_scorecards.score_per_point'
            ~ ' * coalesce(points_of_groups.points, 0)', 4
        ) }} as decimal(18, 4)) as rest
    from scorings
    inner join groups_of_scorecards on scorings.scorecard = groups_of_scorecards.scorecard
    left join points_of_groups
        on
            scorings.lead_id = points_of_groups.lead_id
            and scorings.scorecard = points_of_groups.scorecard
            and groups_of_scorecards.rule_group = points_of_groups.rule_group
),

final as (
    select
        -- ids
        lead_id,
        scorecard,
        rule_group,
        rule_id,
        -- numerics
        converted,
        points,
        rules_of_group,
        -- leads of like scores, but for the group's own part, and of like times
        5 * quarter_of_record + cast(floor(
            5.0 * (rank() over (partition by scorecard, rule_group order by rest) - 1)
            / count(*) over (partition by scorecard, rule_group)
        ) as integer) as stratum
    from rests
)

select * from final
