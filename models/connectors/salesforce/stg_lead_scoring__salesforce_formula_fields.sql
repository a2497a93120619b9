-- A formula field changes without a change of its record, so that loaders do not notice: what
-- stands in the warehouse may be old, or missing.
{%- set names = [] %}
{%- for theirs in lead_scoring.further_columns('salesforce').values() %}
{%- do names.append(lead_scoring.plain_name(theirs)) %}
{%- endfor %}

with {{ lead_scoring.vendor_imports('salesforce', ['fivetran_formula']) }},

final as (
    select distinct
        object,
        field
    from fivetran_formula
    where
        lower(object) in ('lead', 'contact')
        and replace(lower(field), '_', '') in ('{{ names | join("', '") }}')
)

select * from final
