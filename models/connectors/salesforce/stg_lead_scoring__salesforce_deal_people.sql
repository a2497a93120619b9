with {{ lead_scoring.vendor_imports('salesforce', ['opportunity_contact_role']) }}

select * from opportunity_contact_role
