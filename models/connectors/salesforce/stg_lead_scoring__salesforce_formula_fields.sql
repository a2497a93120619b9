-- A formula field changes without a change of its record, so that loaders do not notice: what
-- stands in the warehouse may be old, or missing.
{%- set names = lead_scoring.further_columns('salesforce').values()
    | map('lower') | map('replace', '_', '') | join("', '") %}

with {{ lead_scoring.vendor_imports('salesforce', ['fivetran_formula']) }},

final as (
    select distinct *
    from fivetran_formula
    where
        lower(object) in ('lead', 'contact')
        and replace(lower(field), '_', '') in ('{{ names }}')
)

select * from final
