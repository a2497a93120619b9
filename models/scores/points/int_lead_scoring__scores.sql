-- From points to scores and labels (contract, section 4: scores, labels), with the points of each
-- family. It holds all that the public tables about a lead and a scorecard show: these are views of
-- this one table, so that none of them can show half of a run.
{%- set families = lead_scoring.families() %}
{%- set dimensions = {'fit': families, 'engagement': families + ['inactivity']} %}
{#- inactivity is the last: reasons without a signal are counted there #}
{%- set sides = [] %}
{%- for dimension in dimensions %}
{%- for family in dimensions[dimension] %}
{%- do sides.append(dimension ~ '_' ~ family) %}
{%- endfor %}
{%- endfor %}

with scorecards as (
    select
        {{ lead_scoring.normalised('scorecard') }} as scorecard,
        {{ lead_scoring.trimmed('segment') }} as segment,
        {{ lead_scoring.normalised('status') }} as scorecard_status,
        cast(fit_points_for_100 as decimal(12, 2)) as fit_points_for_100,
        cast(engagement_points_for_100 as decimal(12, 2)) as engagement_points_for_100,
        cast(fit_weight as {{ lead_scoring.type_name('decimal', 20, 10) }}) as fit_weight
    from {{ ref('lead_scoring__scorecards') }}
),

signals as (
    select
        {{ lead_scoring.normalised('signal') }} as signal,
        {{ lead_scoring.normalised('dimension') }} || '_' || {{ lead_scoring.normalised('family') }}
            as dimension_and_family
    from {{ ref('lead_scoring__signals') }}
),

-- a whole number for dimension and family: it is compared for every reason
sides_of_signals as (
    select
        signal,
        case dimension_and_family
            {%- for side in sides %}
            when '{{ side }}' then {{ loop.index }}
            {%- endfor %}
        end as side_number
    from signals
),

reasons_with_side as (
    select
        reasons.moment_key,
        reasons.scorecard,
        reasons.points,
        coalesce(sides_of_signals.side_number, {{ sides | length }}) as side_number
    from {{ ref('int_lead_scoring__reasons') }} as reasons
    left join sides_of_signals on reasons.signal = sides_of_signals.signal
),

points_of_sides as (
    select
        {%- for side in sides %}
        cast(
            sum(case when side_number = {{ loop.index }} then points else 0 end) as decimal(18, 4)
        ) as {{ side }}_points,
        {%- endfor %}
        moment_key,
        scorecard
    from reasons_with_side
    group by moment_key, scorecard
),

disqualified as (
    select distinct
        held.moment_key,
        scorecard_rules.scorecard
    from {{ ref('int_lead_scoring__rules_that_hold') }} as held
    inner join {{ ref('int_lead_scoring__scorecard_rules') }} as scorecard_rules
        on held.rule_key = scorecard_rules.rule_key
    where scorecard_rules.disqualifies
),

points_of_scorecards as (
    select
        {%- for dimension, families in dimensions.items() %}
        {%- for family in families %}
        coalesce(points.{{ dimension }}_{{ family }}_points, 0)
            as {{ dimension }}_{{ family }}_points,
        {%- endfor %}
        cast(
            0
            {%- for family in families %}
            + coalesce(points.{{ dimension }}_{{ family }}_points, 0)
            {%- endfor %} as decimal(18, 4)
        ) as {{ dimension }}_points,
        scorecards.{{ dimension }}_points_for_100,
        {%- endfor %}
        pairs.moment_key,
        pairs.scorecard,
        pairs.is_own_scorecard,
        scorecards.segment,
        scorecards.scorecard_status,
        scorecards.fit_weight,
        disqualified.moment_key is not null as is_disqualified
    from {{ ref('int_lead_scoring__moment_scorecards') }} as pairs
    inner join scorecards on pairs.scorecard = scorecards.scorecard
    left join points_of_sides as points
        on pairs.moment_key = points.moment_key and pairs.scorecard = points.scorecard
    left join disqualified
        on pairs.moment_key = disqualified.moment_key and pairs.scorecard = disqualified.scorecard
),

rounded_scores as (
    {{ lead_scoring.scores_of_points('points_of_scorecards') }}
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
        labels.engagement_grade,
        coverage.fit_coverage,
        activity.events_in_30_days,
        activity.last_activity_at,
        moments.lead_id,
        moments.as_of,
        current_rules.rules_fingerprint,
        current_rules.rules_commit
    from rounded_scores
    cross join {{ ref('int_lead_scoring__rules_fingerprint') }} as current_rules
    inner join {{ ref('int_lead_scoring__moments') }} as moments
        on rounded_scores.moment_key = moments.moment_key
    inner join {{ ref('int_lead_scoring__activity') }} as activity
        on rounded_scores.moment_key = activity.moment_key
    inner join {{ ref('int_lead_scoring__fit_coverage') }} as coverage
        on
            rounded_scores.moment_key = coverage.moment_key
            and rounded_scores.scorecard = coverage.scorecard
    left join labels
        on
            rounded_scores.scorecard = labels.scorecard
            and rounded_scores.total_score = labels.total_score
            and rounded_scores.fit_score = labels.fit_score
            and rounded_scores.engagement_score = labels.engagement_score
)

select * from final
