-- How likely each open lead has the outcome, beside its score, with the parts that moved it most
-- (contract, section 4: likelihood).
{%- set places = ['up_1', 'up_2', 'up_3', 'down_1', 'down_2', 'down_3'] %}

with bins as (
    select * from {{ ref('int_lead_scoring__prediction_bins') }}
),

numbers as (
    select max(bin_key) + 1 as bins from bins
),

-- one whole number for log-odds and bin, so that the strongest are found without sorting; of equal
-- ones the feature whose name comes first
strengths as (
    select
        parts.moment_key,
        bins.prediction,
        bins.log_odds > 0 as is_up,
        cast(abs(bins.log_odds) * 1000000 as bigint) * numbers.bins + bins.bin_key as strength
    from {{ ref('int_lead_scoring__prediction_parts') }} as parts
    inner join bins on parts.bin_key = bins.bin_key
    cross join numbers
    where bins.log_odds <> 0
),

strongest as (
    {{ lead_scoring.greatest_three('strengths', 'moment_key, prediction', 'is_up', 'strength') }}
),

bins_of_places as (
    select
        {%- for place in places %}
        mod(strongest.strength_{{ place }}, numbers.bins) as bin_{{ place }},
        {%- endfor %}
        strongest.moment_key,
        strongest.prediction
    from strongest
    cross join numbers
),

-- each bin says the same of every lead that lies in it
words as (
    select
        bin_key,
        words || ' (' || case when log_odds > 0 then '+' else '' end
        || cast(cast(round(log_odds, 2) as decimal(18, 2)) as {{ lead_scoring.type_name('text') }})
        || ')' as words
    from bins
    where place is not null
),

final as (
    select
        -- ids
        leads.lead_id,
        likelihoods.prediction,
        scorecards.scorecard,
        -- strings
        standings.status,
        standings.foretells,
        {%- for place in places %}
        {{ place }}.words as part_{{ place }},
        {%- endfor %}
        likelihoods.unknown_because,
        standings.fingerprint,
        -- numerics
        standings.horizon_days,
        likelihoods.band,
        likelihoods.probability,
        likelihoods.log_odds,
        likelihoods.expected_amount,
        likelihoods.median_days as median_days_to_win,
        likelihoods.features_unseen,
        -- times
        leads.as_of
    from {{ ref('int_lead_scoring__likelihoods') }} as likelihoods
    inner join {{ ref('int_lead_scoring__moments') }} as leads
        on likelihoods.moment_key = leads.moment_key
    inner join {{ ref('int_lead_scoring__prediction_standings') }} as standings
        on likelihoods.prediction = standings.prediction
    inner join {{ ref('int_lead_scoring__moment_scorecards') }} as scorecards
        on likelihoods.moment_key = scorecards.moment_key and scorecards.is_own_scorecard
    left join bins_of_places
        on
            likelihoods.moment_key = bins_of_places.moment_key
            and likelihoods.prediction = bins_of_places.prediction
    {%- for place in places %}
    left join words as {{ place }} on bins_of_places.bin_{{ place }} = {{ place }}.bin_key
    {%- endfor %}
)

select * from final
