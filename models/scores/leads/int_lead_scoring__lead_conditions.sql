-- Which conditions about leads hold at each moment (contract, section 3: operators). Conditions
-- meet the distinct values of an attribute, and only then the leads that have them.
{%- set found = lead_scoring.input_columns('leads') %}
{%- set given = lead_scoring.lead_columns(found) + ['lead_id', 'created_at', 'updated_at'] %}
{%- set made_later = ['active_colleagues', 'likelihood'] %}
{%- set derived = lead_scoring.derived_attributes() | reject('in', made_later) | list %}
{%- if lead_scoring.is_linted() %}{% set given, derived = ['email'], ['email_type'] %}{% endif %}

with attributes as (
    select
        {{ lead_scoring.normalised('attribute') }} as attribute,
        {{ lead_scoring.normalised('known') }} as known
    from {{ ref('lead_scoring__attributes') }}
    where {{ lead_scoring.normalised(lead_scoring.rule_column('of')) }} = 'lead'
),

lead_conditions as (
    select distinct
        conditions.condition_key,
        conditions.attribute,
        conditions.operator,
        attributes.known,
        coalesce(attributes.known = 'at_creation', false) as is_always_known
    from {{ ref('int_lead_scoring__rule_conditions') }} as conditions
    left join attributes on conditions.attribute = attributes.attribute
    -- the likelihood is told by what is made of these conditions, and hand-offs alone look at it
    where conditions.subject = 'lead' and conditions.attribute <> 'likelihood'
),

-- columns that no condition names are not read; at honest instants (decision 12: before the
-- outcome, by what was known then) what sales learns after contact is missing
named_attributes as (
    select distinct attribute
    from lead_conditions
    {%- if var('lead_scoring_evidence', false) %}
    where coalesce(known, '') <> 'after_contact'
    {%- endif %}
),

moments as (
    select * from {{ ref('int_lead_scoring__leads_at_moments') }}
    where is_scored
),

given_attributes as (
    select * from {{ ref('stg_lead_scoring__leads') }}
    where fate = 'used'
),

derived_attributes as (
    select * from {{ ref('int_lead_scoring__lead_versions') }}
),

colleagues as (
    select
        moments.moment_key,
        counted.active_colleagues
    from moments
    left join {{ ref('int_lead_scoring__active_colleagues') }} as counted
        on moments.moment_key = counted.moment_key
),

-- values of leads that were merged into one, which take the place of its own
merged_attributes as (
    select merged.*
    from {{ ref('int_lead_scoring__merged_attributes') }} as merged
    inner join named_attributes on merged.attribute = named_attributes.attribute
),

-- a missing value is the text ''
{%- for relation, columns in [('given', given), ('derived', derived)] %}
{{ relation }}_texts as (
    select
        {%- for column in columns %}
        {%- set name = lead_scoring.column_name(column) %}
        coalesce(cast({{ name }} as {{ lead_scoring.type_name('text') }}), '') as {{ name }},
        {%- endfor %}
        lead_key,
        holds_since
    from {{ relation }}_attributes
),

{{ relation }}_values as (
    {{ lead_scoring.unpivoted(relation ~ '_texts', ['lead_key', 'holds_since'], columns) }}
),
{%- endfor %}

values_of_versions as (
    select given_values.*
    from given_values
    inner join named_attributes on given_values.attribute = named_attributes.attribute
    union all
    select derived_values.*
    from derived_values
    inner join named_attributes on derived_values.attribute = named_attributes.attribute
),

values_of_colleagues as (
    select
        colleagues.moment_key,
        named_attributes.attribute,
        coalesce(cast(colleagues.active_colleagues as {{ lead_scoring.type_name('text') }}), '')
            as value
    from colleagues
    inner join named_attributes on named_attributes.attribute = 'active_colleagues'
),

attribute_values as (
    select
        'lead' as subject,
        attribute,
        value
    from values_of_versions
    union distinct
    select
        'lead' as subject,
        attribute,
        value
    from values_of_colleagues
    union distinct
    select
        'lead' as subject,
        attribute,
        value
    from merged_attributes
),

satisfied_conditions as (
    {{ lead_scoring.satisfied_conditions('attribute_values') }}
),

attributes_with_values as (
    select distinct attribute from attribute_values
),

conditions_of_absence as (
    select
        lead_conditions.*,
        attributes_with_values.attribute is not null as is_of_a_column
    from lead_conditions
    left join attributes_with_values
        on lead_conditions.attribute = attributes_with_values.attribute
    where lead_conditions.operator = 'is_empty'
),

-- is_empty holds of values that are missing, and of those that are not of the attribute's type
conditions_of_values as (
    select
        condition_key,
        attribute,
        value,
        holds_from,
        holds_until
    from satisfied_conditions
    where operator <> 'is_empty'
    union all
    select
        conditions_of_absence.condition_key,
        attribute_values.attribute,
        attribute_values.value,
        cast('0001-01-01' as date) as holds_from,
        cast('9999-12-31' as date) as holds_until
    from attribute_values
    inner join conditions_of_absence
        on attribute_values.attribute = conditions_of_absence.attribute
    left join satisfied_conditions as present_values
        on
            conditions_of_absence.condition_key = present_values.condition_key
            and attribute_values.value = present_values.value
    where present_values.condition_key is null
),

conditions_of_versions as (
    select
        versions.lead_key,
        versions.holds_since,
        conditions.condition_key,
        conditions.holds_from,
        conditions.holds_until
    from values_of_versions as versions
    inner join conditions_of_values as conditions
        on versions.attribute = conditions.attribute and versions.value = conditions.value
),

conditions_of_moments as (
    select
        moments.moment_key,
        conditions.condition_key
    from conditions_of_versions as conditions
    inner join moments
        on
            conditions.lead_key = moments.lead_key
            and conditions.holds_since = moments.holds_since
            and conditions.holds_from <= moments.as_of_day
            and conditions.holds_until > moments.as_of_day
    union all
    select
        colleagues.moment_key,
        conditions.condition_key
    from values_of_colleagues as colleagues
    inner join conditions_of_values as conditions
        on colleagues.attribute = conditions.attribute and colleagues.value = conditions.value
),

-- First what holds of the lead's own version, unless a merged lead's value takes its place; where
-- the version is younger than the moment, only what is known at creation is known. Then is_empty,
-- where no column has the attribute or it is not known. Then what holds of values that merged leads
-- fill in.
final as (
    select
        conditions_of_moments.moment_key,
        conditions_of_moments.condition_key
    from conditions_of_moments
    inner join lead_conditions
        on conditions_of_moments.condition_key = lead_conditions.condition_key
    inner join moments on conditions_of_moments.moment_key = moments.moment_key
    left join merged_attributes
        on
            conditions_of_moments.moment_key = merged_attributes.moment_key
            and lead_conditions.attribute = merged_attributes.attribute
    where
        merged_attributes.moment_key is null
        and (lead_conditions.is_always_known or not moments.is_version_younger)
    union all
    select
        moments.moment_key,
        conditions_of_absence.condition_key
    from moments
    inner join conditions_of_absence
        on
            not conditions_of_absence.is_of_a_column
            or (moments.is_version_younger and not conditions_of_absence.is_always_known)
    left join merged_attributes
        on
            moments.moment_key = merged_attributes.moment_key
            and conditions_of_absence.attribute = merged_attributes.attribute
    where merged_attributes.moment_key is null
    union all
    select
        merged_attributes.moment_key,
        conditions.condition_key
    from merged_attributes
    inner join conditions_of_values as conditions
        on
            merged_attributes.attribute = conditions.attribute
            and merged_attributes.value = conditions.value
    inner join moments
        on
            merged_attributes.moment_key = moments.moment_key
            and conditions.holds_from <= moments.as_of_day
            and conditions.holds_until > moments.as_of_day
)

select * from final
