-- Which scorecards score each moment, and which is the lead's own (contract, section 4: scorecard).
-- A row of invalid_rules fails its test, and nothing is scored:
-- depends_on: {{ ref('invalid_rules') }}
with scorecards as (
    select
        {{ lead_scoring.normalised('scorecard') }} as scorecard,
        {{ lead_scoring.normalised('status') }} as status,
        coalesce(priority, 999999999) as priority
    from {{ ref('lead_scoring__scorecards') }}
    where {{ lead_scoring.normalised('status') }} in ('live', 'challenger')
),

moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
    where is_scored
),

audiences as (
    select distinct
        audience_of as scorecard,
        condition_key
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where audience_of is not null
),

conditions_per_audience as (
    select
        scorecard,
        count(*) as conditions
    from audiences
    group by scorecard
),

audiences_that_hold as (
    select
        held.moment_key,
        audiences.scorecard
    from {{ ref('int_lead_scoring__lead_conditions') }} as held
    inner join audiences on held.condition_key = audiences.condition_key
    inner join conditions_per_audience on audiences.scorecard = conditions_per_audience.scorecard
    group by held.moment_key, audiences.scorecard, conditions_per_audience.conditions
    having count(*) = conditions_per_audience.conditions
),

scored_by as (
    select
        moment_key,
        scorecard
    from audiences_that_hold
    union all
    select
        moments.moment_key,
        scorecards.scorecard
    from moments
    cross join scorecards
    left join conditions_per_audience on scorecards.scorecard = conditions_per_audience.scorecard
    where conditions_per_audience.scorecard is null
),

own_scorecards as (
    select
        scored_by.moment_key,
        min(scorecards.priority) as priority
    from scored_by
    inner join scorecards on scored_by.scorecard = scorecards.scorecard
    where scorecards.status = 'live'
    group by scored_by.moment_key
),

final as (
    select
        -- ids
        scored_by.moment_key,
        scored_by.scorecard,
        -- flags
        scorecards.status = 'live'
        and scorecards.priority = own_scorecards.priority as is_own_scorecard
    from scored_by
    inner join scorecards on scored_by.scorecard = scorecards.scorecard
    left join own_scorecards on scored_by.moment_key = own_scorecards.moment_key
)

select * from final
{%- if var('lead_scoring_replays_history', false) %}
where is_own_scorecard
{%- endif %}
