with rejections_in_order as (
    select
        lead_key,
        occurred_at,
        coalesce({{ lead_scoring.normalised('reason') }}, '(none given)') as reason,
        row_number() over (
            partition by lead_key
            order by occurred_at, coalesce({{ lead_scoring.normalised('reason') }}, '')
        ) as place
    from {{ ref('stg_lead_scoring__outcomes') }}
    where
        quarantine_cause is null
        and outcome in ('rejected', 'disqualified')
        and occurred_at <= {{ lead_scoring.as_of() }}
        and known_at <= {{ lead_scoring.as_of() }}
),

own_stages as (
    select * from {{ ref('int_lead_scoring__own_stages') }}
    where is_open
),

instants_before as (
    select
        own_stages.*,
        rejections_in_order.reason,
        row_number() over (
            partition by own_stages.lead_key order by own_stages.as_of desc
        ) as recency
    from rejections_in_order
    inner join own_stages
        on
            rejections_in_order.lead_key = own_stages.lead_key
            and rejections_in_order.occurred_at >= own_stages.as_of
    where rejections_in_order.place = 1
),

-- what one lead alone has is free text, which may name people
rejected_mqls as (
    select
        moment_key,
        scorecard,
        total_score,
        case
            when reason = '(none given)' or count(*) over (partition by reason) > 1 then reason
            else '(other)'
        end as reason
    from instants_before
    where recency = 1 and is_mql
),

rejections as (
    {%- for scorecard in ['scorecard', "'*'"] %}
    select
        moment_key,
        {{ scorecard }} as scorecard,
        scorecard as scored_by,
        reason,
        total_score
    from rejected_mqls
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

mqls as (
    {%- for scorecard in ['scorecard', "'*'"] %}
    select
        {{ scorecard }} as scorecard,
        count(distinct lead_key) as leads
    from own_stages
    where is_mql
    {{ 'group by scorecard union all' if not loop.last }}
    {%- endfor %}
),

rules as (
    select
        rejections.scorecard,
        rejections.reason,
        rule_rows.rule_id,
        count(*) as leads
    from rejections
    inner join {{ ref('int_lead_scoring__reasons') }} as reasons
        on
            rejections.moment_key = reasons.moment_key
            and rejections.scored_by = reasons.scorecard
    inner join {{ ref('int_lead_scoring__rules') }} as rule_rows
        on reasons.rule_key = rule_rows.rule_key
    where reasons.points > 0
    group by rejections.scorecard, rejections.reason, rule_rows.rule_id
),

rules_in_order as (
    select
        *,
        row_number() over (partition by scorecard, reason order by leads desc, rule_id) as place
    from rules
),

reasons_given as (
    select
        scorecard,
        reason,
        count(*) as leads,
        sum(count(*)) over (partition by scorecard) as leads_of_all,
        {{ lead_scoring.ratio('sum(total_score)', 'count(*)') }} as mean_score
    from rejections
    group by scorecard, reason
),

final as (
    select
        -- ids
        reasons_given.scorecard,
        reasons_given.reason,
        -- strings
        rules_in_order.rule_id as most_common_rule,
        -- numerics
        cast(reasons_given.leads as bigint) as rejected_leads,
        {{ lead_scoring.ratio('reasons_given.leads', 'reasons_given.leads_of_all') }} as share,
        {{ lead_scoring.ratio('reasons_given.leads', 'mqls.leads') }} as share_of_mqls,
        reasons_given.mean_score,
        {{ lead_scoring.ratio('rules_in_order.leads', 'reasons_given.leads') }}
            as most_common_rule_share
    from reasons_given
    left join mqls on reasons_given.scorecard = mqls.scorecard
    left join rules_in_order
        on
            reasons_given.scorecard = rules_in_order.scorecard
            and reasons_given.reason = rules_in_order.reason
            and rules_in_order.place = 1
)

select * from final
