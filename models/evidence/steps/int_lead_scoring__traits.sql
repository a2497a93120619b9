{%- set attributes = [
    'lead_source', 'region', 'industry', 'company_size', 'email_type', 'seniority', 'department',
] -%}

with moments as (
    select * from {{ ref('int_lead_scoring__scored_outcomes') }}
    where scorecard = '*'
),

attributes_after_contact as (
    select {{ lead_scoring.normalised('attribute') }} as attribute
    from {{ ref('lead_scoring__attributes') }}
    where
        {{ lead_scoring.normalised('of') }} = 'lead'
        and {{ lead_scoring.normalised('known') }} = 'after_contact'
),

traits as (
    {%- for attribute in attributes %}
    select
        moments.moment_key,
        '{{ attribute }}' as attribute,
        coalesce(
            {{ lead_scoring.normalised('cast(versions.' ~ attribute ~ ' as varchar)') }},
            '(missing)'
        ) as value
    from moments
    inner join {{ ref('int_lead_scoring__lead_versions') }} as versions
        on {{ lead_scoring.holds_at_moment() }}
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
