with versions as (
    select * from {{ ref('int_lead_scoring__lead_versions') }}
),

moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
),

lead_conditions as (
    select distinct
        condition_key,
        attribute,
        operator
    from {{ ref('int_lead_scoring__rule_conditions') }}
    where of = 'lead'
),

always_known as (
    select {{ lead_scoring.normalised('attribute') }} as attribute
    from {{ ref('lead_scoring__attributes') }}
    where
        {{ lead_scoring.normalised('of') }} = 'lead'
        and {{ lead_scoring.normalised('known') }} = 'at_creation'
),

every_value as (
    {{ lead_scoring.unpivoted('versions', 'lead_version_key', lead_scoring.lead_attributes()) }}
),

version_values as (
    select every_value.*
    from every_value
    where every_value.attribute in (select lead_conditions.attribute from lead_conditions)
),

distinct_values as (
    select distinct
        'lead' as of,
        attribute,
        value
    from version_values
),

satisfied_conditions as (
    {{ lead_scoring.satisfied_conditions('distinct_values') }}
),

version_at_moment as (
    select
        moments.moment_key,
        moments.as_of_day,
        versions.lead_version_key,
        versions.holds_since > moments.as_of as is_younger
    from moments
    inner join versions on {{ lead_scoring.holds_at_moment() }}
),

satisfied_at_moment as (
    select distinct
        version_at_moment.moment_key,
        satisfied_conditions.condition_key,
        satisfied_conditions.operator
    from version_at_moment
    inner join version_values
        on version_at_moment.lead_version_key = version_values.lead_version_key
    inner join satisfied_conditions
        on
            version_values.attribute = satisfied_conditions.attribute
            and version_values.value = satisfied_conditions.value
            and version_at_moment.as_of_day >= satisfied_conditions.holds_from
            and version_at_moment.as_of_day < satisfied_conditions.holds_until
    left join always_known on version_values.attribute = always_known.attribute
    where not version_at_moment.is_younger or always_known.attribute is not null
    union all
    select * from {{ ref('int_lead_scoring__colleague_conditions') }}
),

final as (
    select
        moment_key,
        condition_key
    from satisfied_at_moment
    where operator <> 'is_empty'
    union all
    select
        moments.moment_key,
        lead_conditions.condition_key
    from moments
    cross join lead_conditions
    left join satisfied_at_moment
        on
            moments.moment_key = satisfied_at_moment.moment_key
            and lead_conditions.condition_key = satisfied_at_moment.condition_key
    where lead_conditions.operator = 'is_empty' and satisfied_at_moment.moment_key is null
)

select * from final
