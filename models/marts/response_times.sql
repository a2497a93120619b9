-- How soon sales spoke to those handed over, and which promises were kept, by the month of the
-- hand-off.
with run as (
    select * from {{ ref('stg_lead_scoring__as_of') }}
),

handoffs as (
    select
        *,
        cast(
            {{ dbt.date_trunc('month', lead_scoring.reporting_day('handed_off_at')) }} as date
        ) as handed_off_month
    from {{ ref('lead_handoffs') }}
),

contacts as (
    select * from {{ ref('handoff_contacts') }}
),

handoffs_with_contact as (
    select
        handoffs.handoff_id,
        handoffs.handed_off_month,
        handoffs.segment,
        handoffs.stage,
        handoffs.queue,
        handoffs.respond_within_minutes,
        handoffs.respond_by,
        contacts.contacted_at,
        {{ dbt.datediff('handoffs.handed_off_at', 'contacts.contacted_at', 'second') }} as seconds
    from handoffs
    inner join contacts on handoffs.handoff_id = contacts.handoff_id
),

promises as (
    select
        handoffs.*,
        cast(handoffs.seconds as {{ lead_scoring.type_name('double') }}) / 60 as minutes,
        case when handoffs.contacted_at is not null then 1 else 0 end as is_contacted,
        case
            when handoffs.respond_by < run.as_of or handoffs.contacted_at <= handoffs.respond_by
                then 1
            else 0
        end as is_due,
        case when handoffs.contacted_at <= handoffs.respond_by then 1 else 0 end as is_kept
    from handoffs_with_contact as handoffs
    cross join run
),

placed_promises as (
    select
        *,
        row_number() over (
            partition by handed_off_month, segment, stage, queue
            order by case when minutes is null then 1 else 0 end, minutes, handoff_id
        ) as place,
        count(minutes) over (partition by handed_off_month, segment, stage, queue) as contacts
    from promises
),

final as (
    select
        -- ids
        handed_off_month,
        segment,
        stage,
        queue,
        -- numerics
        cast(count(*) as bigint) as handoffs,
        cast(sum(is_contacted) as bigint) as contacted_handoffs,
        cast(sum(1 - is_contacted) as bigint) as waiting_handoffs,
        cast(sum(is_due) as bigint) as promised_handoffs,
        cast(sum(is_kept) as bigint) as kept_handoffs,
        {{ lead_scoring.ratio('sum(is_kept)', 'sum(is_due)') }} as kept_share,
        {%- for name, share in [('median_minutes', 0.5), ('minutes_90th', 0.9)] %}
        cast(
            {{ lead_scoring.percentile('minutes', share, 'place', 'contacts', 18) }}
            as decimal(12, 2)
        ) as {{ name }},
        {%- endfor %}
        cast(max(respond_within_minutes) as integer) as promised_minutes
    from placed_promises
    group by handed_off_month, segment, stage, queue
)

select * from final
