{{ config(materialized='kept', meta={'scope': 'scores', 'replaces': 'moments'}) }}
{%- set weighted = 'fit_weight * fit_unrounded + (1 - fit_weight) * engagement_unrounded' %}

with scorecards as (
    select
        {{ lead_scoring.normalised('scorecard') }} as scorecard,
        {{ lead_scoring.trimmed('segment') }} as segment,
        {{ lead_scoring.normalised('status') }} as scorecard_status,
        cast(fit_points_for_100 as decimal(12, 2)) as fit_points_for_100,
        cast(engagement_points_for_100 as decimal(12, 2)) as engagement_points_for_100,
        cast(fit_weight as decimal(20, 10)) as fit_weight
    from {{ ref('lead_scoring__scorecards') }}
),

fit_signals as (
    select {{ lead_scoring.normalised('signal') }} as signal
    from {{ ref('lead_scoring__signals') }}
    where {{ lead_scoring.normalised('dimension') }} = 'fit'
),

dimensions as (
    select
        reasons.moment_key,
        reasons.scorecard,
        sum(case when fit_signals.signal is not null then reasons.points else 0 end) as fit_points,
        sum(case when fit_signals.signal is null then reasons.points else 0 end)
            as engagement_points
    from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__reasons')) }} as reasons
    left join fit_signals on reasons.signal = fit_signals.signal
    group by reasons.moment_key, reasons.scorecard
),

disqualified as (
    select distinct
        held_rules.moment_key,
        scorecard_rules.scorecard
    from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__rules_that_hold')) }} as held_rules
    inner join {{ ref('int_lead_scoring__scorecard_rules') }} as scorecard_rules
        on held_rules.rule_key = scorecard_rules.rule_key
    where scorecard_rules.disqualifies
),

points_of_scorecards as (
    select
        pairs.*,
        scorecards.segment,
        scorecards.scorecard_status,
        scorecards.fit_weight,
        scorecards.fit_points_for_100,
        scorecards.engagement_points_for_100,
        disqualified.moment_key is not null as is_disqualified,
        cast(coalesce(dimensions.fit_points, 0) as decimal(18, 4)) as fit_points,
        cast(coalesce(dimensions.engagement_points, 0) as decimal(18, 4)) as engagement_points
    from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__moment_scorecards')) }} as pairs
    inner join scorecards on pairs.scorecard = scorecards.scorecard
    left join dimensions
        on pairs.moment_key = dimensions.moment_key and pairs.scorecard = dimensions.scorecard
    left join disqualified
        on pairs.moment_key = disqualified.moment_key and pairs.scorecard = disqualified.scorecard
),

unrounded_scores as (
    select
        *,
        {{ lead_scoring.score_of_points('fit_points', 'fit_points_for_100') }} as fit_unrounded,
        {{ lead_scoring.score_of_points('engagement_points', 'engagement_points_for_100') }}
            as engagement_unrounded
    from points_of_scorecards
),

rounded_scores as (
    select
        *,
        cast(round(fit_unrounded, 0) as integer) as fit_score,
        cast(round(engagement_unrounded, 0) as integer) as engagement_score,
        cast(round({{ weighted }}, 0) as integer) as total_score
    from unrounded_scores
),

labels as (
    {{ lead_scoring.labels_of_scores('rounded_scores') }}
),

final as (
    select
        rounded_scores.*,
        case when rounded_scores.is_disqualified then 'disqualified' else labels.stage end as stage,
        labels.temperature,
        labels.fit_grade,
        labels.engagement_grade
    from rounded_scores
    left join labels
        on
            rounded_scores.scorecard = labels.scorecard
            and rounded_scores.total_score = labels.total_score
            and rounded_scores.fit_score = labels.fit_score
            and rounded_scores.engagement_score = labels.engagement_score
)

select * from final
