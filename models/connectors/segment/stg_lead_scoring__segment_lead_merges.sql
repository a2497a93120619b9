-- An alias says that a user is called otherwise from now on. Where the former id was a browser's,
-- the events know both, and nothing is merged.
with {{ lead_scoring.vendor_imports('segment', ['aliases']) }},

users as (
    select distinct user_id from {{ ref('stg_lead_scoring__segment_leads') }}
),

final as (
    select
        {{ lead_scoring.person_id('segment', 'aliases.device_id') }} as lead_id,
        {{ lead_scoring.person_id('segment', 'aliases.user_id') }} as merged_into_lead_id,
        aliases.occurred_at as merged_at,
        case when users.user_id is null then 'of a browser' end as put_aside
    from aliases
    left join users on aliases.device_id = users.user_id
)

select * from final
