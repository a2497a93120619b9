with {{ lead_scoring.vendor_imports('hubspot', ['deal_stage']) }}

select * from deal_stage
