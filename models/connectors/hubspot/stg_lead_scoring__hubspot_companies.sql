with {{ lead_scoring.vendor_imports('hubspot', ['company']) }}

select * from company
