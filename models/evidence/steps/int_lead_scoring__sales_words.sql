with final as (
    select
        -- ids
        lead_key,
        -- numerics
        cast(
            sum(case when outcome = 'won' then coalesce(amount, 0) else 0 end) as decimal(28, 2)
        ) as won_amount,
        -- flags
        {%- for outcome in ['contacted', 'accepted', 'qualified', 'opportunity', 'won'] %}
        max(case when outcome = '{{ outcome }}' then 1 else 0 end) = 1 as is_{{ outcome }},
        {%- endfor %}
        -- times
        min(case when outcome = 'won' then occurred_at end) as won_at
    from {{ ref('stg_lead_scoring__outcomes') }}
    where
        lead_key is not null
        and quarantine_cause is null
        and occurred_at <= {{ lead_scoring.as_of() }}
        and known_at <= {{ lead_scoring.as_of() }}
    group by lead_key
)

select * from final
