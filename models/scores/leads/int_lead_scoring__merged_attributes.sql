-- Attributes that a lead has from leads merged into it, where their on_merge asks for it: the
-- lead's own value is missing, or a flag is true of another one (contract, section 2: merges). A
-- merged lead gives what was known of it at the moment.
{%- set found = lead_scoring.input_columns('leads') %}
{%- set columns = lead_scoring.lead_columns(found) + ['created_at', 'updated_at'] %}
{%- set made_later = ['active_colleagues', 'likelihood'] %}
{%- set derived = lead_scoring.derived_attributes() | reject('in', made_later) | list %}
{%- if lead_scoring.is_linted() %}{% set columns, derived = ['email'], ['email_type'] %}{% endif %}

with attributes as (
    select
        {{ lead_scoring.normalised('attribute') }} as attribute,
        {{ lead_scoring.normalised('type') }} as type,
        {{ lead_scoring.normalised('known') }} as known,
        {{ lead_scoring.normalised('on_merge') }} as on_merge
    from {{ ref('lead_scoring__attributes') }}
    where
        {{ lead_scoring.normalised(lead_scoring.rule_column('of')) }} = 'lead'
        and {{ lead_scoring.normalised('on_merge') }} in ('fill', 'any')
),

identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
    where lead_id is not null and exists (select 1 from attributes)
),

survivors_of_merges as (
    select lead_key from identities
    where is_merged
),

-- leads with others merged into them, and these, as they stood
members as (
    select
        row_number() over (order by moments.moment_key, identities.lead_id) as member_key,
        moments.moment_key,
        identities.lead_id,
        versions.holds_since,
        versions.holds_since > moments.as_of as is_version_younger,
        identities.lead_id = moments.lead_id as is_survivor
    from {{ ref('int_lead_scoring__leads_at_moments') }} as moments
    inner join identities
        on moments.lead_key = identities.lead_key and moments.as_of >= identities.exists_from
    inner join {{ ref('int_lead_scoring__lead_versions') }} as versions
        on
            identities.lead_id = versions.lead_id
            and moments.as_of >= versions.holds_from
            and moments.as_of < versions.holds_until
    where
        moments.is_scored
        and moments.lead_key in (select survivors.lead_key from survivors_of_merges as survivors)
),

rows_of_members as (
    select
        {%- for column in columns %}
        given.{{ lead_scoring.column_name(column) }},
        {%- endfor %}
        {%- for column in derived %}
        derived.{{ column }},
        {%- endfor %}
        members.member_key
    from members
    inner join {{ ref('stg_lead_scoring__leads') }} as given
        on members.lead_id = given.lead_id and members.holds_since = given.holds_since
    inner join {{ ref('int_lead_scoring__lead_versions') }} as derived
        on members.lead_id = derived.lead_id and members.holds_since = derived.holds_since
    where given.fate in ('used', 'merged')
),

values_of_members as (
    {{ lead_scoring.unpivoted('rows_of_members', ['member_key'], columns + derived) }}
),

known_values as (
    select
        members.moment_key,
        members.lead_id,
        members.is_survivor,
        members.holds_since,
        attributes.attribute,
        attributes.on_merge,
        values_of_members.value,
        case
            when attributes.type = 'list'
                then nullif({{ lead_scoring.trimmed(
                    "replace(values_of_members.value, ';', ' ')"
                ) }}, '')
            else {{ lead_scoring.comparable(
                'attributes.type', 'values_of_members.value', is_input=true
            ) }}
        end as comparable_value
    from values_of_members
    inner join attributes on values_of_members.attribute = attributes.attribute
    inner join members on values_of_members.member_key = members.member_key
    where attributes.known = 'at_creation' or not members.is_version_younger
),

ranked_values as (
    select
        *,
        row_number() over (
            partition by moment_key, attribute
            order by
                case when on_merge = 'any' and comparable_value = 'true' then 0 else 1 end,
                case when is_survivor then 0 else 1 end,
                holds_since desc,
                lead_id desc
        ) as place
    from known_values
    where comparable_value is not null
),

final as (
    select
        -- ids
        moment_key,
        attribute,
        -- strings
        value
    from ranked_values
    where place = 1 and not is_survivor
)

select * from final
