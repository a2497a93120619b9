with missed as (
    select * from {{ ref('int_lead_scoring__scored_outcomes') }}
    where scorecard = '*' and converted = 1 and not is_mql
),

missed_moments as (
    select
        moment_key,
        scored_by as scorecard
    from missed
),

strongest_reasons as (
    {{ lead_scoring.strongest_reasons('missed_moments') }}
),

final as (
    select
        -- ids
        missed.lead_id,
        missed.scored_by as scorecard,
        -- strings
        {{ lead_scoring.purpose_column() }},
        missed.segment,
        coalesce(sources.value, '(missing)') as lead_source,
        missed.stage,
        strongest_reasons.reasons,
        -- numerics
        missed.total_score,
        missed.fit_score,
        missed.engagement_score,
        missed.days_to_win,
        nullif(missed.won_amount, 0) as amount,
        -- times
        missed.as_of,
        missed.won_at
    from missed
    left join {{ ref('int_lead_scoring__traits') }} as sources
        on missed.moment_key = sources.moment_key and sources.attribute = 'lead_source'
    left join strongest_reasons on missed.moment_key = strongest_reasons.moment_key
)

select * from final
