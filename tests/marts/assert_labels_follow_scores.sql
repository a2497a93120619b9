with scores as (
    select * from {{ ref('scorecard_scores') }}
),

thresholds as (
    select
        {{ lead_scoring.normalised('scorecard') }} as scorecard,
        {{ lead_scoring.normalised('ladder') }} as ladder,
        {{ lead_scoring.trimmed('label') }} as label,
        rank,
        min_total,
        min_fit,
        min_engagement
    from {{ ref('lead_scoring__thresholds') }}
),

labels_held as (
    {%- for ladder in ['stage', 'temperature', 'fit_grade', 'engagement_grade'] %}
    select
        lead_id,
        scorecard,
        as_of,
        total_score,
        fit_score,
        engagement_score,
        '{{ ladder }}' as ladder,
        {{ ladder }} as label
    from scores
    {{ 'where not is_disqualified' if ladder == 'stage' }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- every label of the lead's ladders, and whether its minimums are met
labels_possible as (
    select
        labels_held.*,
        thresholds.label as possible_label,
        thresholds.rank as possible_rank,
        labels_held.total_score >= coalesce(thresholds.min_total, 0)
        and labels_held.fit_score >= coalesce(thresholds.min_fit, 0)
        and labels_held.engagement_score >= coalesce(thresholds.min_engagement, 0) as is_met
    from labels_held
    inner join thresholds
        on
            labels_held.ladder = thresholds.ladder
            and (labels_held.scorecard = thresholds.scorecard or thresholds.scorecard = '*')
    left join thresholds as overrides
        on
            thresholds.scorecard = '*'
            and thresholds.ladder = overrides.ladder
            and lower(thresholds.label) = lower(overrides.label)
            and labels_held.scorecard = overrides.scorecard
    where overrides.label is null
),

-- the held label's rank, and the highest rank whose minimums are met
ranks as (
    select
        lead_id,
        scorecard,
        as_of,
        ladder,
        label,
        max(case when possible_label = label then possible_rank end) as rank_held,
        max(case when is_met then possible_rank end) as rank_met
    from labels_possible
    group by lead_id, scorecard, as_of, ladder, label
),

final as (
    select
        lead_id,
        scorecard,
        as_of,
        ladder,
        label
    from ranks
    where coalesce(rank_held, 0) <> coalesce(rank_met, 0)
    union all
    select
        lead_id,
        scorecard,
        as_of,
        'stage' as ladder,
        stage as label
    from scores
    where is_disqualified and coalesce(stage, '') <> 'disqualified'
)

select * from final
