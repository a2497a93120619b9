with stage_ladders as (
    select
        *,
        lower(label) as stage
    from {{ ref('int_lead_scoring__scorecard_labels') }}
    where ladder = 'stage'
),

final as (
    select
        -- ids
        ladders.scorecard,
        ladders.stage,
        -- numerics
        cast(ladders.min_total as integer) as min_total,
        -- flags
        coalesce(ladders.label_rank >= mql.label_rank, false) as is_mql,
        coalesce(ladders.label_rank >= sql_stage.label_rank, false) as is_sql
    from stage_ladders as ladders
    left join stage_ladders as mql
        on ladders.scorecard = mql.scorecard and mql.stage = 'mql'
    left join stage_ladders as sql_stage
        on ladders.scorecard = sql_stage.scorecard and sql_stage.stage = 'sql'
)

select * from final
