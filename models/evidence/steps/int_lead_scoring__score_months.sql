{#- how far an AUC of so few leads can be off by chance in one case of a hundred, where the score
    ranks nobody: the Mann-Whitney test -#}
{%- set spread -%}
{{ lead_scoring.normal_quantile(99) }} * sqrt(
                (cast(months.known_leads as {{ lead_scoring.type_name('double') }}) + 1)
                / (12 * nullif(months.conversions, 0)
                * nullif(months.known_leads - months.conversions, 0))
            )
{%- endset %}

with month_bands as (
    select * from {{ ref('int_lead_scoring__month_bands') }}
),

bands_with_expected_rate as (
    {{ lead_scoring.expected_rates('month_bands', ['scorecard', 'month']) }}
),

months as (
    select
        scorecard,
        month,
        sum(known_leads) as known_leads,
        sum(conversions) as conversions,
        sum(past_known_leads) as past_known_leads,
        sum(past_conversions) as past_conversions,
        {{ lead_scoring.calibration_sums('known_leads', 'past_known_leads') }}
    from bands_with_expected_rate
    group by scorecard, month
),

means as (
    select
        scorecard,
        month,
        {{ lead_scoring.ratio('sum(total_score)', 'count(*)') }} as mean_score
    from {{ ref('int_lead_scoring__scored_outcomes') }}
    group by scorecard, month
),

areas as (
    {{ lead_scoring.areas_under_curve(
        ref('int_lead_scoring__scored_outcomes'), ['scorecard', 'month']
    ) }}
),

final as (
    select
        -- ids
        months.scorecard,
        months.month,
        -- strings
        case
            when least(months.conversions, months.known_leads - months.conversions) < 5
                then 'unknown'
            when areas.auc - {{ spread }} > 0.5 then 'holds'
            when areas.auc + {{ spread }} < 0.5 then 'reversed'
            else 'weak'
        end as rank_order,
        {{ lead_scoring.calibration_verdict('months') }} as calibration_verdict,
        -- numerics
        months.known_leads,
        months.conversions,
        months.expected_conversions,
        means.mean_score,
        areas.auc
    from months
    inner join means on months.scorecard = means.scorecard and months.month = means.month
    left join areas on months.scorecard = areas.scorecard and months.month = areas.month
)

select * from final
