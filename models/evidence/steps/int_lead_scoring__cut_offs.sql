{#- one number is of all leads together -#}
{%- set stated = var('lead_scoring_weekly_capacity', none) or {} -%}
{%- set capacities = stated if stated is mapping else {'*': stated} -%}

with scored_outcomes as (
    select * from {{ ref('int_lead_scoring__scored_outcomes') }}
),

-- of leads that were ever won
scores_at_first_contact as (
    select
        scores.scorecard,
        scores.is_own_scorecard,
        case when scores.is_disqualified then -1 else scores.total_score end as ranking_score
    from {{ ref('int_lead_scoring__instant_outcomes') }} as instants
    inner join {{ ref('int_lead_scoring__sales_words') }} as sales_words
        on instants.lead_key = sales_words.lead_key and sales_words.is_won
    inner join {{ ref('int_lead_scoring__scores') }} as scores
        on instants.moment_key = scores.moment_key
    where
        instants.purpose = 'first_contact'
        and (scores.is_own_scorecard or scores.scorecard_status = 'challenger')
),

scores as (
    select
        scorecard,
        ranking_score,
        count(*) as leads,
        sum(known) as known_leads,
        sum(converted) as conversions,
        0 as won_leads
    from scored_outcomes
    group by scorecard, ranking_score
    {%- for scorecard, is_wanted in [('scorecard', 'true'), ("'*'", 'is_own_scorecard')] %}
    union all
    select
        {{ scorecard }} as scorecard,
        ranking_score,
        0 as leads,
        0 as known_leads,
        0 as conversions,
        1 as won_leads
    from scores_at_first_contact
    where {{ is_wanted }}
    {%- endfor %}
),

scorecards as (
    select
        scorecard,
        {{ dbt.datediff('min(as_of)', 'max(as_of)', 'day') }} as days
    from scored_outcomes
    group by scorecard
),

options as (
    {{ lead_scoring.whole_numbers('scorecards', 0, 100, 'cut_off') }}
),

sums as (
    select
        -- ids
        options.scorecard,
        cast(options.cut_off as integer) as cut_off,
        -- numerics
        {%- for count in ['leads', 'known_leads', 'conversions', 'won_leads'] %}
        sum(
            case when scores.ranking_score < options.cut_off then 0 else scores.{{ count }} end
        ) as {{ count }},
        sum(scores.{{ count }}) as {{ count }}_of_all,
        {%- endfor %}
        greatest(1, (cast(options.days as {{ lead_scoring.type_name('double') }}) + 1) / 7) as weeks
    from options
    inner join scores on options.scorecard = scores.scorecard
    group by options.scorecard, options.cut_off, options.days
),

final as (
    select
        *,
        {{ lead_scoring.ratio('leads', 'weeks') }} as leads_per_week,
        {{ lead_scoring.ratio('conversions', 'conversions_of_all') }} as recall,
        case
            when false then 0
            {%- for scorecard, leads in capacities.items() %}
            when scorecard = '{{ dbt.escape_single_quotes(scorecard | lower) }}'
                then {{ leads | int }}
            {%- endfor %}
        end as weekly_capacity,
        least(conversions_of_all, known_leads_of_all - conversions_of_all) as fewer_outcomes
    from sums
)

select * from final
