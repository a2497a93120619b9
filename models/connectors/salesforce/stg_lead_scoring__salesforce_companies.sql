with {{ lead_scoring.vendor_imports('salesforce', ['account']) }}

select * from account
