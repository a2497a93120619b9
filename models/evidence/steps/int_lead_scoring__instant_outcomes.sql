with moment_outcomes as (
    select * from {{ ref('int_lead_scoring__moment_outcomes') }}
),

instants as (
    select * from {{ ref('int_lead_scoring__honest_instants') }}
),

first_mqls as (
    select
        instants.lead_id,
        'first_mql' as purpose,
        min(instants.as_of) as as_of
    from instants
    inner join moment_outcomes
        on
            instants.lead_id = moment_outcomes.lead_id
            and instants.as_of = moment_outcomes.as_of
    where instants.purpose = 'weekly' and moment_outcomes.is_mql
    group by instants.lead_id
),

every_instant as (
    select * from instants
    union all
    select * from first_mqls
),

final as (
    select
        every_instant.purpose,
        moment_outcomes.*
    from every_instant
    inner join moment_outcomes
        on
            every_instant.lead_id = moment_outcomes.lead_id
            and every_instant.as_of = moment_outcomes.as_of
)

select * from final
