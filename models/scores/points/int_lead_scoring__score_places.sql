-- Where the score of each lead stands on its own scorecard: among the others, below the next stage,
-- and whether it is low or merely unknown (contract, section 4: places).
{%- set dimensions = ['total', 'fit', 'engagement'] %}
{%- set unknown_percent = var('lead_scoring_unknown_below_percent', 80) | int %}
{%- set unknown_events = var('lead_scoring_unknown_below_events', 3) | int %}

with scores as (
    select * from {{ ref('int_lead_scoring__scores') }}
    where is_own_scorecard
),

leads_of_scores as (
    select
        scorecard,
        as_of,
        total_score,
        count(*) as leads
    from scores
    group by scorecard, as_of, total_score
),

leads_below as (
    select
        *,
        sum(leads) over (
            partition by scorecard, as_of order by total_score rows unbounded preceding
        ) - leads as lower_leads,
        sum(leads) over (partition by scorecard, as_of) as all_leads
    from leads_of_scores
),

stages as (
    select * from {{ ref('int_lead_scoring__scorecard_labels') }}
    where ladder = 'stage'
),

-- scores are whole numbers, and minimums need not be
stages_in_order as (
    select
        {%- for dimension in dimensions %}
        cast(ceil(lead(min_{{ dimension }}) over (
            partition by scorecard order by label_rank
        )) as integer) as next_{{ dimension }},
        {%- endfor %}
        scorecard,
        label as stage,
        row_number() over (partition by scorecard order by label_rank) as place,
        lead(label) over (partition by scorecard order by label_rank) as next_stage
    from stages
),

places as (
    select
        scores.*,
        leads_below.lower_leads,
        leads_below.all_leads,
        stages.next_stage,
        {%- for dimension in dimensions %}
        greatest(0, stages.next_{{ dimension }} - scores.{{ dimension }}_score)
            as {{ dimension }}_to_next,
        {%- endfor %}
        coalesce(stages.place = 1 and stages.next_stage is not null, false) as is_lowest
    from scores
    inner join leads_below
        on
            scores.scorecard = leads_below.scorecard
            and scores.as_of = leads_below.as_of
            and scores.total_score = leads_below.total_score
    left join stages_in_order as stages
        on
            scores.scorecard = stages.scorecard
            and scores.stage = stages.stage
            and not scores.is_disqualified
),

final as (
    select
        -- ids
        moment_key,
        -- strings
        next_stage,
        case
            when not is_lowest then null
            when
                coalesce(fit_coverage, 1) * 100 < {{ unknown_percent }}
                and events_in_30_days < {{ unknown_events }}
                then 'unknown'
            else 'low'
        end as evidence,
        -- numerics
        cast(
            (lower_leads * 100 - mod(lower_leads * 100, all_leads)) / all_leads as integer
        ) as score_percentile,
        {%- for dimension in dimensions %}
        case when next_stage is not null then {{ dimension }}_to_next end
            as {{ dimension }}_missing,
        {%- endfor %}
        case
            when next_stage is not null
                then greatest(total_to_next, fit_to_next, engagement_to_next)
        end as points_to_next_stage
    from places
)

select * from final
