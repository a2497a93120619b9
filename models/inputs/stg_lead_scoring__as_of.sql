-- the instant is an input like any other: every model that asks for it reads it here
with final as (
    select
        {{ lead_scoring.as_of() }} as as_of,
        {{ lead_scoring.reporting_day(lead_scoring.as_of()) }} as as_of_day
)

select * from final
