-- leads below mql whose outcome is known: the missed were won, the others were not
with leads as (
    select * from {{ ref('int_lead_scoring__scored_outcomes') }}
    where known = 1 and not is_mql and scorecard_status = 'live'
),

totals as (
    select
        scorecard,
        sum(converted) as missed_leads,
        sum(1 - converted) as others
    from leads
    group by scorecard
),

traits_of_leads as (
    select
        leads.scorecard,
        traits.attribute as trait,
        traits.value,
        leads.converted
    from leads
    inner join {{ ref('int_lead_scoring__traits') }} as traits
        on leads.moment_key = traits.moment_key
    union all
    select
        leads.scorecard,
        'rule' as trait,
        rules.rule_id as value,
        leads.converted
    from leads
    inner join {{ ref('int_lead_scoring__rules_at_instants') }} as rules
        on leads.lead_id = rules.lead_id and leads.scored_by = rules.scorecard
    where rules.points > 0
),

traits as (
    select
        traits_of_leads.scorecard,
        traits_of_leads.trait,
        traits_of_leads.value,
        sum(traits_of_leads.converted) as missed_leads,
        sum(1 - traits_of_leads.converted) as others,
        max(totals.missed_leads) as missed_leads_of_all,
        max(totals.others) as others_of_all
    from traits_of_leads
    inner join totals on traits_of_leads.scorecard = totals.scorecard
    group by traits_of_leads.scorecard, traits_of_leads.trait, traits_of_leads.value
    having sum(traits_of_leads.converted) > 0
),

final as (
    select
        -- ids
        scorecard,
        trait,
        value,
        -- strings
        {{ lead_scoring.purpose_column() }},
        -- numerics
        cast(missed_leads as bigint) as missed_leads,
        {{ lead_scoring.ratio('missed_leads', 'missed_leads_of_all') }} as missed_share,
        {{ lead_scoring.ratio('others', 'others_of_all') }} as other_share,
        {{ lead_scoring.ratio(
            'missed_leads * others_of_all', '(missed_leads_of_all * others)'
        ) }} as lift,
        -- flags
        {%- set counts = [
            'missed_leads', 'others', 'missed_leads_of_all - missed_leads',
            'others_of_all - others',
        ] %}
        missed_leads >= 5
        and {{ lead_scoring.weight_of_evidence(*counts) }}
        > {{ lead_scoring.weight_spread(*counts) }} as is_telling
    from traits
)

select * from final
