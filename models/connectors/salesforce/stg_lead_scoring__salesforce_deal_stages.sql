with {{ lead_scoring.vendor_imports('salesforce', ['opportunity_history']) }}

select * from opportunity_history
