with lead_decay as (
    select * from {{ ref('lead_decay') }}
),

final as (
    select *
    from lead_decay
    where
        points_before_decay = 0
        or sign(points_after_decay) * sign(points_before_decay) < 0
        or sign(points_in_7_days) * sign(points_before_decay) < 0
        or sign(points_in_30_days) * sign(points_before_decay) < 0
        or abs(points_after_decay) > abs(points_before_decay)
        or points_lost <> points_before_decay - points_after_decay
        or abs(points_in_7_days) > abs(points_after_decay)
        or abs(points_in_30_days) > abs(points_in_7_days)
        or events < 1
)

select * from final
