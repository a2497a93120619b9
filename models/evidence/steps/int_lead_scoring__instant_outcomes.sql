-- What became of leads after their honest instants, as far as the record of wins goes (decision
-- 12).
with
-- where the record of wins begins late, or ends early, nothing is known of the leads outside of it
fates as (
    select
        instant_fates.*,
        coalesce(instant_fates.fate <> 'censored' and (
            instant_fates.as_of < outcome_record.recorded_from
            or instant_fates.horizon_ends_at > outcome_record.recorded_until
        ), false) as is_unrecorded
    from {{ ref('int_lead_scoring__instant_fates') }} as instant_fates
    cross join {{ ref('int_lead_scoring__outcome_record') }} as outcome_record
),

final as (
    select
        -- ids
        purpose,
        moment_key,
        lead_key,
        lead_id,
        -- strings
        case when is_unrecorded then 'unrecorded' else fate end as fate,
        -- numerics
        {%- for count in ['known', 'converted', 'won_amount'] %}
        case when is_unrecorded then 0 else {{ count }} end as {{ count }},
        {%- endfor %}
        case when not is_unrecorded then days_to_win end as days_to_win,
        -- flags
        is_mql,
        -- times
        as_of,
        month,
        case when not is_unrecorded then won_at end as won_at
    from fates
)

select * from final
