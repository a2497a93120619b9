{{ config(materialized='kept', meta={'scope': 'scores', 'replaces': 'moments'}) }}

{%- set columns = lead_scoring.lead_attributes() %}

with moments as (
    select * from {{ ref('int_lead_scoring__moments') }}
    where is_touched
),

lead_conditions as (
    select distinct
        conditions.condition_key,
        conditions.attribute,
        conditions.operator,
        attributes.attribute is not null as is_always_known
    from {{ ref('int_lead_scoring__rule_conditions') }} as conditions
    left join {{ ref('lead_scoring__attributes') }} as attributes
        on
            conditions.attribute = {{ lead_scoring.normalised('attributes.attribute') }}
            and {{ lead_scoring.normalised('attributes.of') }} = 'lead'
            and {{ lead_scoring.normalised('attributes.known') }} = 'at_creation'
    where conditions.of = 'lead'
),

{%- if not lead_scoring.recomputes_all('scores') %}

versions_touched as (
    select * from {{ ref('int_lead_scoring__lead_versions') }}
    where lead_key in (select moments.lead_key from moments)
),
{%- set versions = 'versions_touched' %}
{%- else %}
{%- set versions = ref('int_lead_scoring__lead_versions') %}
{%- endif %}

-- a missing value is the text ''
distinct_values as (
    {{ lead_scoring.distinct_values_of_attributes(versions, columns, 'lead_conditions') }}
),

conditions_of_absence as (
    select
        *,
        attribute in (select distinct_values.attribute from distinct_values) as is_of_a_column
    from lead_conditions
    where operator = 'is_empty' and attribute <> 'active_colleagues'
),

conditions_of_values as (
    {{ lead_scoring.conditions_of_values('distinct_values', 'conditions_of_absence') }}
),

conditions_of_versions as (
    {{ lead_scoring.rows_of_values(versions, columns, 'conditions_of_values') }}
),

versions_at_moments as (
    select
        moments.moment_key,
        moments.as_of_day,
        versions.lead_key,
        versions.holds_since,
        versions.holds_since > moments.as_of as is_younger
    from moments
    inner join {{ versions }} as versions on {{ lead_scoring.holds_at_moment() }}
),

final as (
    select
        versions_at_moments.moment_key,
        conditions_of_versions.condition_key
    from conditions_of_versions
    inner join versions_at_moments
        on
            conditions_of_versions.lead_key = versions_at_moments.lead_key
            and conditions_of_versions.holds_since = versions_at_moments.holds_since
            and conditions_of_versions.holds_from <= versions_at_moments.as_of_day
            and conditions_of_versions.holds_until > versions_at_moments.as_of_day
    inner join lead_conditions
        on conditions_of_versions.condition_key = lead_conditions.condition_key
    where lead_conditions.is_always_known or not versions_at_moments.is_younger
    union all
    select
        versions_at_moments.moment_key,
        conditions_of_absence.condition_key
    from versions_at_moments
    inner join conditions_of_absence
        on
            not conditions_of_absence.is_of_a_column
            or (versions_at_moments.is_younger and not conditions_of_absence.is_always_known)
    union all
    select
        held.moment_key,
        held.condition_key
    from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__colleague_conditions')) }} as held
)

select * from final
