{#- A select of the steps of each scorecard's ladders, after overriding, that do not rise: the first
    label must ask nothing, and with the rank no minimum may fall and one must rise. Columns as in
    invalid_rules.
    Call: ladder_steps(). Out: a select statement. -#}
{% macro ladder_steps() -%}
    with effective as (
        select
            scorecards.scorecard as held_by,
            {{ lead_scoring.normalised('thresholds.ladder') }} as ladder,
            thresholds.label,
            thresholds.rank as label_rank,
            coalesce(thresholds.min_total, 0) as min_total,
            coalesce(thresholds.min_fit, 0) as min_fit,
            coalesce(thresholds.min_engagement, 0) as min_engagement,
            row_number() over (
                partition by scorecards.scorecard, lower(thresholds.ladder), lower(thresholds.label)
                order by case when thresholds.scorecard = '*' then 1 else 0 end
            ) as nearness
        from {{ ref('lead_scoring__thresholds') }} as thresholds
        inner join {{ ref('lead_scoring__scorecards') }} as scorecards
            on
                {{ lead_scoring.trimmed('thresholds.scorecard') }} = '*'
                or {{ lead_scoring.normalised('thresholds.scorecard') }}
                = {{ lead_scoring.normalised('scorecards.scorecard') }}
    ),

    steps as (
        select
            effective.*,
            lag(label_rank) over (partition by held_by, ladder order by label_rank) as rank_below,
            lag(min_total) over (partition by held_by, ladder order by label_rank) as total_below,
            lag(min_fit) over (partition by held_by, ladder order by label_rank) as fit_below,
            lag(min_engagement) over (partition by held_by, ladder order by label_rank)
                as engagement_below
        from effective
        where nearness = 1
    )

    select
        'thresholds' as seed,
        held_by || ', ' || ladder || ', ' || label as row_key,
        'rank' as column_name,
        cast(label_rank as varchar) as value,
        case
            when rank_below is null
                then 'the lowest label of a ladder must ask nothing: leave its minimums blank'
            else 'the minimums of a ladder must rise with its rank'
        end as problem
    from steps
    where
        (rank_below is null and (min_total > 0 or min_fit > 0 or min_engagement > 0))
        or label_rank = rank_below
        or min_total < total_below
        or min_fit < fit_below
        or min_engagement < engagement_below
        or (min_total = total_below and min_fit = fit_below and min_engagement = engagement_below)
{%- endmacro %}
