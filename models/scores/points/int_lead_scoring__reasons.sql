-- Which rules moved each score, and by how much: points of rules, what signals keep of them, and
-- what limits take or give (contract, section 4: fit rule, inactivity, signal). A score is a sum
-- over this.
with scorecard_rules as (
    select * from {{ ref('int_lead_scoring__scorecard_rules') }}
    where {{ lead_scoring.gives_points('kind') }}
),

scorecards as (
    select distinct
        scorecard,
        first_scorecard_rule
    from scorecard_rules
),

signals_of_scorecards as (
    select distinct
        signal_key,
        scorecard,
        signal,
        min_points,
        max_points
    from scorecard_rules
),

moment_scorecards as (
    select
        moment_scorecards.moment_key,
        scorecards.first_scorecard_rule
    from {{ ref('int_lead_scoring__moment_scorecards') }} as moment_scorecards
    inner join scorecards on moment_scorecards.scorecard = scorecards.scorecard
),

points_of_rules as (
    {{ lead_scoring.points_of_rules() }}
),

-- scorecard and rule are joined as one number: engines then cannot start with every rule of every
-- moment
points_of_scorecards as (
    select
        points_of_rules.moment_key,
        scorecard_rules.signal_key,
        points_of_rules.rule_key,
        scorecard_rules.place,
        scorecard_rules.is_first_only,
        scorecard_rules.is_limited,
        points_of_rules.points
    from points_of_rules
    inner join moment_scorecards on points_of_rules.moment_key = moment_scorecards.moment_key
    inner join scorecard_rules
        on
            moment_scorecards.first_scorecard_rule + points_of_rules.rule_key
            = scorecard_rules.scorecard_rule
),

reasons as (
    {{ lead_scoring.points_after_signals(
        'points_of_scorecards', 'signals_of_scorecards', ['moment_key']
    ) }}
),

-- rules that give 0 points stay: they count for lead_decay, and reasons in words leave them out
final as (
    select
        reasons.moment_key,
        signals.scorecard,
        signals.signal,
        reasons.rule_key,
        cast(reasons.points as decimal(18, 4)) as points
    from reasons
    inner join signals_of_scorecards as signals on reasons.signal_key = signals.signal_key
)

select * from final
