with {{ lead_scoring.vendor_imports('hubspot', ['deal_pipeline_stage']) }}

select * from deal_pipeline_stage
