-- What missed leads have in common that leads of as low a score, which were not won, have not.
with
-- leads below mql whose outcome is known: the missed were won, the others were not
leads as (
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

-- half a lead more on each side, so that none of the odds is 0 or endless
halves_added as (
    select
        *,
        {{ lead_scoring.half_more('missed_leads') }} as missed_with,
        {{ lead_scoring.half_more('others') }} as others_with,
        {{ lead_scoring.half_more('missed_leads_of_all - missed_leads') }} as missed_without,
        {{ lead_scoring.half_more('others_of_all - others') }} as others_without
    from traits
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
        -- flags: a weight of evidence that lies above its 95 % interval's half width
        missed_leads >= 5
        and ln(missed_with * others_without / (others_with * missed_without))
        > {{ lead_scoring.normal_quantile() }} * sqrt(
            1 / missed_with + 1 / others_with + 1 / missed_without + 1 / others_without
        ) as is_telling
    from halves_added
)

select * from final
