with outcomes as (
    select * from {{ ref('int_lead_scoring__likelihood_outcomes') }}
),

months as (
    select
        prediction,
        month,
        sum(case when fate = 'learnt from' then 1 else 0 end) as leads_learnt_from,
        sum(case when fate = 'likelihood unknown' then 1 else 0 end) as unknown_leads,
        sum(case
            when fate in ('horizon not over', 'outcomes not recorded then') then 1 else 0
        end) as censored_leads,
        {{ lead_scoring.known_outcomes('known', 'converted') }},
        sum(case when known = 1 then likelihood else 0 end) as expected_conversions,
        sum(case when known = 1 then cast(
            {{ lead_scoring.rounded('likelihood * (1 - likelihood)', 9) }} as decimal(28, 9)
        ) else 0 end) as expected_variance,
        max(months_of_answer) as months_of_answer
    from outcomes
    group by prediction, month
),

-- each month with all that came after it: since when it is off
months_and_later as (
    select
        {%- for figure in [
            'known_leads', 'conversions', 'expected_conversions', 'expected_variance'
        ] %}
        sum(months.{{ figure }}) over (
            partition by months.prediction order by months.month desc
            rows between unbounded preceding and current row
        ) as {{ figure }}_since,
        {%- endfor %}
        months.*
    from months
),

likelihoods as (
    select
        *,
        likelihood as ranking_score
    from outcomes
),

scores as (
    select
        *,
        total_score as ranking_score
    from outcomes
),

areas_of_likelihoods as (
    {{ lead_scoring.areas_under_curve('likelihoods', ['prediction', 'month']) }}
),

areas_of_scores as (
    {{ lead_scoring.areas_under_curve('scores', ['prediction', 'month']) }}
),

verdicts as (
    select
        *,
        {{ lead_scoring.promise_verdict(
            'known_leads', 'conversions', 'expected_conversions', 'expected_variance'
        ) }} as verdict,
        {{ lead_scoring.promise_verdict(
            'known_leads_since', 'conversions_since', 'expected_conversions_since',
            'expected_variance_since * months_of_answer'
        ) }} as verdict_since,
        abs(conversions_since - expected_conversions_since)
        / nullif(sqrt(expected_variance_since), 0) as surprise_since
    from months_and_later
),

-- of the months since when it is off the one that tells most
verdicts_in_order as (
    select
        *,
        row_number() over (
            partition by prediction
            order by
                case when verdict_since like 'promises%' then 0 else 1 end,
                coalesce(surprise_since, 0) desc,
                month desc
        ) as place
    from verdicts
),

final as (
    select
        -- ids
        verdicts.prediction,
        verdicts.month,
        -- strings
        verdicts.verdict,
        verdicts.verdict_since,
        -- numerics
        cast(verdicts.leads_learnt_from as bigint) as leads_learnt_from,
        cast(verdicts.censored_leads as bigint) as censored_leads,
        cast(verdicts.unknown_leads as bigint) as unknown_leads,
        cast(verdicts.known_leads as bigint) as known_leads,
        {{ lead_scoring.statistic('verdicts.expected_conversions') }} as expected_conversions,
        cast(verdicts.conversions as bigint) as conversions,
        verdicts.conversion_rate,
        verdicts.rate_low,
        verdicts.rate_high,
        {%- for name, figure in {
            'promised_ratio': 'conversion_rate', 'promised_ratio_low': 'rate_high',
            'promised_ratio_high': 'rate_low',
        }.items() %}
        {{ lead_scoring.ratio(
            'verdicts.expected_conversions', '(verdicts.known_leads * verdicts.' ~ figure ~ ')'
        ) }} as {{ name }},
        {%- endfor %}
        areas_of_likelihoods.auc,
        areas_of_scores.auc as scorecard_auc,
        cast(verdicts.known_leads_since as bigint) as known_leads_since,
        {{ lead_scoring.statistic('verdicts.expected_conversions_since') }}
            as expected_conversions_since,
        cast(verdicts.conversions_since as bigint) as conversions_since,
        {{ lead_scoring.ratio(
            'verdicts.expected_conversions_since', 'verdicts.conversions_since'
        ) }} as promised_ratio_since,
        -- flags
        verdicts.place = 1 and verdicts.verdict_since like 'promises%' as is_off_since
    from verdicts_in_order as verdicts
    left join areas_of_likelihoods
        on
            verdicts.prediction = areas_of_likelihoods.prediction
            and verdicts.month = areas_of_likelihoods.month
    left join areas_of_scores
        on
            verdicts.prediction = areas_of_scores.prediction
            and verdicts.month = areas_of_scores.month
)

select * from final
