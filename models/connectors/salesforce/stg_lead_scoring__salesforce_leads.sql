{%- set further = lead_scoring.further_columns('salesforce') %}

with {{ lead_scoring.vendor_imports('salesforce', ['lead'], further) }},

{{ lead_scoring.vendor_imports('salesforce', ['contact'], further) }},

final as (
    {{ lead_scoring.united_rows(
        lead_scoring.vendor_columns('salesforce').contact.keys() | list + further.keys() | list,
        {'lead': ['deal_id'], 'contact': []}
    ) }}
)

select * from final
