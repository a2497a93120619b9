with identities as (
    select
        lead_key,
        exists_from,
        {{ lead_scoring.horizon_end('exists_from') }} as horizon_ends_at,
        cast({{ dbt.date_trunc('month', lead_scoring.reporting_day('exists_from')) }} as date)
            as cohort_month
    from {{ ref('stg_lead_scoring__lead_identities') }}
    where
        lead_id = survivor_lead_id
        and exists_from is not null
        and exists_from <= {{ lead_scoring.as_of() }}
),

stages as (
    select
        lead_key,
        {{ lead_scoring.value_of_least('segment', 'as_of', lead_scoring.type_name('text')) }}
            as segment,
        max(case when is_mql then 1 else 0 end) as is_mql,
        max(case when is_sql then 1 else 0 end) as is_sql
    from {{ ref('int_lead_scoring__own_stages') }}
    where is_open
    group by lead_key
),

leads as (
    select
        identities.cohort_month,
        coalesce(stages.segment, '(none)') as segment,
        coalesce({{ lead_scoring.normalised('given.lead_source') }}, '(missing)')
            as lead_source,
        coalesce(stages.is_mql, 0) as is_mql,
        coalesce(stages.is_sql, 0) as is_sql,
        {%- for word in ['contacted', 'accepted', 'qualified', 'opportunity', 'won'] %}
        case when sales_words.is_{{ word }} then 1 else 0 end as is_{{ word }},
        {%- endfor %}
        case when identities.horizon_ends_at <= {{ lead_scoring.as_of() }} then 1 else 0 end
            as is_mature,
        case when sales_words.won_at <= identities.horizon_ends_at then 1 else 0 end
            as is_won_in_horizon,
        coalesce(sales_words.won_amount, 0) as won_amount
    from identities
    inner join {{ ref('int_lead_scoring__lead_versions') }} as versions
        on
            identities.lead_key = versions.lead_key
            and identities.exists_from >= versions.holds_from
            and identities.exists_from < versions.holds_until
    inner join {{ ref('stg_lead_scoring__leads') }} as given
        on
            versions.lead_key = given.lead_key
            and versions.holds_since = given.holds_since
            and given.fate = 'used'
    left join stages on identities.lead_key = stages.lead_key
    left join {{ ref('int_lead_scoring__sales_words') }} as sales_words
        on identities.lead_key = sales_words.lead_key
),

final as (
    select
        -- ids
        cohort_month,
        segment,
        lead_source,
        -- numerics
        cast(count(*) as bigint) as leads,
        {%- for word in [
            'mql', 'sql', 'contacted', 'accepted', 'qualified', 'opportunity', 'won'
        ] %}
        cast(sum(is_{{ word }}) as bigint) as {{ word }}_leads,
        {%- endfor %}
        cast(sum(is_mature) as bigint) as mature_leads,
        cast(sum(is_mature * is_won_in_horizon) as bigint) as won_in_horizon,
        {%- for word in ['mql', 'accepted', 'sql', 'won'] %}
        {{ lead_scoring.ratio('sum(is_' ~ word ~ ')', 'count(*)') }} as {{ word }}_rate,
        {%- endfor %}
        {{ lead_scoring.ratio('sum(is_mature * is_won_in_horizon)', 'sum(is_mature)') }}
            as conversion_rate,
        cast(sum(won_amount) as decimal(28, 2)) as won_amount,
        cast(round(sum(won_amount) / count(*), 2) as decimal(28, 2)) as amount_per_lead
    from leads
    group by cohort_month, segment, lead_source
)

select * from final
