-- Whom each prediction is for (contract, section 4: likelihood).
with final as (
    select
        leads.moment_key,
        predictions.prediction
    from {{ ref('int_lead_scoring__moment_scorecards') }} as scorecards
    inner join {{ ref('int_lead_scoring__leads_at_moments') }} as leads
        on scorecards.moment_key = leads.moment_key
    inner join {{ ref('int_lead_scoring__predictions') }} as predictions
        on predictions.scorecard = '*' or scorecards.scorecard = predictions.scorecard
    where scorecards.is_own_scorecard and leads.status = 'open'
)

select * from final
