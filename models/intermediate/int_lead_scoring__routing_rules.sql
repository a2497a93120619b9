with routing_rules as (
    select * from {{ ref('lead_scoring__routing_rules') }}
),

final as (
    select
        -- ids
        row_number() over (
            order by
                {{ lead_scoring.normalised('rule_id') }}, {{ lead_scoring.normalised('scorecard') }}
        ) as routing_key,
        {{ lead_scoring.normalised('rule_id') }} as rule_id,
        {{ lead_scoring.normalised('scorecard') }} as scorecard,
        -- strings
        {{ lead_scoring.normalised('stage') }} as stage,
        {{ lead_scoring.normalised('attribute') }} as attribute,
        {{ lead_scoring.normalised('operator') }} as operator,
        {{ lead_scoring.trimmed('value') }} as value,
        {{ lead_scoring.trimmed('queue') }} as queue,
        {{ lead_scoring.trimmed('action') }} as action,
        -- numerics
        cast(coalesce(priority, 999999999) as integer) as priority,
        cast(respond_within_minutes as integer) as respond_within_minutes
    from routing_rules
)

select * from final
