{#- A budget: dbt compares the percentage of the worst segment, not a number of rows. -#}
{{ config(
    fail_calc='coalesce(max(percent_at_an_end), 0)',
    warn_if='> 20',
    error_if='> 50',
    severity='error' if lead_scoring.is_demo() else 'warn',
) }}

with lead_scores as (
    select * from {{ ref('lead_scores') }}
),

final as (
    select
        segment,
        as_of,
        cast(
            100.0 * sum(case when total_score in (0, 100) then 1 else 0 end) / count(*) as integer
        ) as percent_at_an_end
    from lead_scores
    group by segment, as_of
)

select * from final
