with activity_gaps as (
    {{ lead_scoring.activity_gaps() }}
)

select * from activity_gaps
