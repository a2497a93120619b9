with {{ lead_scoring.vendor_imports('salesforce', ['opportunity_stage']) }}

select * from opportunity_stage
