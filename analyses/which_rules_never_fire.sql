with scorecards as (
    select {{ lead_scoring.normalised('scorecard') }} as scorecard
    from {{ ref('lead_scoring__scorecards') }}
    where {{ lead_scoring.normalised('status') }} in ('live', 'challenger')
),

all_rules as (
    {%- for kind in ['fit', 'engagement', 'inactivity'] %}
    select
        '{{ kind }}' as kind,
        {{ lead_scoring.normalised('rule_id') }} as rule_id,
        {{ lead_scoring.normalised('scorecard') }} as scorecard,
        points
    from {{ ref('lead_scoring__' ~ kind ~ '_rules') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

-- a row of the scorecard's own takes the place of the row for every scorecard
rules_own_first as (
    select
        scorecards.scorecard,
        all_rules.scorecard as row_holds_for,
        all_rules.rule_id,
        all_rules.kind,
        all_rules.points,
        row_number() over (
            partition by scorecards.scorecard, all_rules.rule_id
            order by case when all_rules.scorecard = '*' then 1 else 0 end
        ) as nearness
    from scorecards
    inner join all_rules
        on scorecards.scorecard = all_rules.scorecard or all_rules.scorecard = '*'
),

rules_that_fired as (
    select distinct
        scorecard,
        rule_id
    from {{ ref('score_reasons') }}
),

leads_of_scorecards as (
    select
        scorecard,
        count(*) as leads
    from {{ ref('scorecard_scores') }}
    group by scorecard
),

-- rules of 0 points, or switched off, are not meant to give any
rules_that_never_fired as (
    select
        -- ids
        rules_own_first.rule_id,
        rules_own_first.row_holds_for,
        -- strings
        rules_own_first.kind,
        -- numerics
        rules_own_first.points,
        coalesce(sum(leads_of_scorecards.leads), 0) as leads_it_was_tried_on
    from rules_own_first
    left join leads_of_scorecards on rules_own_first.scorecard = leads_of_scorecards.scorecard
    left join rules_that_fired
        on
            rules_own_first.scorecard = rules_that_fired.scorecard
            and rules_own_first.rule_id = rules_that_fired.rule_id
    where rules_own_first.nearness = 1 and rules_own_first.points <> 0
    group by
        rules_own_first.rule_id,
        rules_own_first.row_holds_for,
        rules_own_first.kind,
        rules_own_first.points
    having count(rules_that_fired.rule_id) = 0
)

-- a person reads this: the order counts
select * from rules_that_never_fired -- noqa: CV13
order by rule_id, row_holds_for
