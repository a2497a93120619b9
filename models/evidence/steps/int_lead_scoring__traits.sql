{%- set attributes = {
    'lead_source': 'given', 'region': 'given', 'industry': 'given', 'company_size': 'derived',
    'email_type': 'derived', 'seniority': 'derived', 'department': 'derived',
} -%}

with moments as (
    select
        leads.moment_key,
        leads.lead_key,
        leads.holds_since
    from {{ ref('int_lead_scoring__scored_outcomes') }} as scored_outcomes
    inner join {{ ref('int_lead_scoring__leads_at_moments') }} as leads
        on scored_outcomes.moment_key = leads.moment_key
    where scored_outcomes.scorecard = '*'
),

given as (
    select * from {{ ref('stg_lead_scoring__leads') }}
    where fate = 'used'
),

derived as (
    select * from {{ ref('int_lead_scoring__lead_versions') }}
),

attributes_after_contact as (
    select {{ lead_scoring.normalised('attribute') }} as attribute
    from {{ ref('lead_scoring__attributes') }}
    where
        {{ lead_scoring.normalised(lead_scoring.rule_column('of')) }} = 'lead'
        and {{ lead_scoring.normalised('known') }} = 'after_contact'
),

traits as (
    {%- for attribute, relation in attributes.items() %}
    select
        moments.moment_key,
        '{{ attribute }}' as attribute,
        coalesce({{ lead_scoring.normalised(relation ~ '.' ~ attribute) }}, '(missing)') as value
    from moments
    inner join {{ relation }}
        on
            moments.lead_key = {{ relation }}.lead_key
            and moments.holds_since = {{ relation }}.holds_since
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

final as (
    select traits.*
    from traits
    left join attributes_after_contact
        on traits.attribute = attributes_after_contact.attribute
    where attributes_after_contact.attribute is null
)

select * from final
