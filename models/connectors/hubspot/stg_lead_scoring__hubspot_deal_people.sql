with {{ lead_scoring.vendor_imports('hubspot', ['deal_contact']) }}

select * from deal_contact
