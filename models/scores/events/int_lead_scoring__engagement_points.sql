-- What each engagement rule gives at each moment: before decay, now, and what will be left in 7 and
-- in 30 days if nothing happens (contract, section 4: engagement rule; section 5: lead_decay).
-- Further conditions about leads and history, signals and limits come later. A rule that has events
-- and does not apply is idle: of levers one asks what one more would make of it.
{%- set spans = [('', 0), ('_in_7_days', 7), ('_in_30_days', 30)] %}

with rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
    where kind = 'engagement' and points is not null
),

-- Of a rule on each day of its clock: factors, and the term of one event, which nearly all days
-- have. On the clock of activity within_days is not about these days.
rule_factors as (
    select
        rules.rule_key,
        rules.points as points_per_event,
        rules.max_per_day,
        decay_factors.clock,
        decay_factors.age as days_on_clock,
        {%- for ahead, days in spans %}
        case
            when
                decay_factors.clock = 'event'
                and decay_factors.age + {{ days }} >= rules.within_days
                then cast(0 as {{ lead_scoring.type_name('decimal', 13, 12) }})
            else decay_factors.factor{{ ahead }}
        end as factor{{ ahead }},
        {%- endfor %}
        case when decay_factors.clock = 'activity' then rules.within_days end
            as within_days_of_event
    from rules
    inner join {{ ref('int_lead_scoring__decay_factors') }} as decay_factors
        on rules.decay = decay_factors.decay
),

-- An event whose factor is 0 has expired: for the rule it no longer exists. On the clock of
-- activity it stays for levers alone, as an activity sets that clock to 0 again; until then it does
-- not count.
unexpired_factors as (
    select
        {%- for ahead, days in spans %}
        cast(
            round(cast(points_per_event as decimal(20, 2)) * factor{{ ahead }}, 4)
            as decimal(18, 4)
        ) as term{{ ahead }},
        {%- endfor %}
        *
    from rule_factors
    where factor > 0 or clock = 'activity'
),

reaches_of_rules as (
    select
        rule_key,
        clock,
        case
            when clock = 'event' then max(days_on_clock) + 1
            else coalesce(min(within_days_of_event), 999999999)
        end as reach
    from unexpired_factors
    group by rule_key, clock
),

-- events beyond a rule's reach are left out before anything is counted
content_rules as (
    select
        content_rules.*,
        rules.per,
        reaches.clock,
        reaches.reach
    from {{ ref('int_lead_scoring__content_rules') }} as content_rules
    inner join rules on content_rules.rule_key = rules.rule_key
    inner join reaches_of_rules as reaches on content_rules.rule_key = reaches.rule_key
),

matched_events as (
    select
        events.moment_key,
        content_rules.rule_key,
        content_rules.clock,
        content_rules.per,
        events.age,
        case content_rules.per
            when 'session' then events.session_hash
            when 'target' then events.target_hash
        end as joined_by
    from {{ ref('int_lead_scoring__counting_events') }} as events
    inner join content_rules
        on
            events.content_key = content_rules.content_key
            and events.age < content_rules.reach
            and events.as_of_day >= content_rules.holds_from
            and events.as_of_day < content_rules.holds_until
    where events.is_scored
),

-- what per joins counts on the day of the latest; an event without the value stays alone
joined_events as (
    select
        moment_key,
        rule_key,
        clock,
        per,
        min(age) as age
    from matched_events
    where joined_by is not null
    group by moment_key, rule_key, clock, per, joined_by
    union all
    select
        moment_key,
        rule_key,
        clock,
        per,
        age
    from matched_events
    where joined_by is null
),

-- The day on the rule's clock is known before factors are joined: by rule alone each event would
-- meet all days of its rule.
matched_days as (
    select
        joined_events.moment_key,
        joined_events.rule_key,
        joined_events.age,
        coalesce(max(activity.gap), joined_events.age) as days_on_clock,
        case when joined_events.per = 'day' then 1 else count(*) end as events
    from joined_events
    left join {{ ref('int_lead_scoring__activity') }} as activity
        on
            case when joined_events.clock = 'activity' then joined_events.moment_key end
            = activity.moment_key
    group by
        joined_events.moment_key, joined_events.rule_key, joined_events.per, joined_events.age
),

-- within_days is about the age of the event. On the event clock rule_factors made such factors 0
-- already; on the clock of activity it is asked here.
counted_days as (
    select
        matched.moment_key,
        matched.rule_key,
        matched.age,
        matched.events,
        factors.points_per_event,
        {%- for ahead, days in spans %}
        factors.term{{ ahead }},
        factors.factor{{ ahead }},
        factors.factor{{ ahead }} > 0
        and (
            factors.within_days_of_event is null
            or matched.age + {{ days }} < factors.within_days_of_event
        ) as counts{{ ahead }},
        {%- endfor %}
        least(matched.events, coalesce(factors.max_per_day, matched.events)) as counted_events
    from matched_days as matched
    inner join unexpired_factors as factors
        on matched.rule_key = factors.rule_key and matched.days_on_clock = factors.days_on_clock
),

-- Each day's term is rounded. Of a rule that awards once the latest event counts, whose day has the
-- highest factor, since no curve rises: the strongest term is its term. Of events there are those
-- within reach, of which an idle rule keeps count too, and those that count on each day.
rule_sums as (
    select
        moment_key,
        rule_key,
        sum(events) as events_within_reach,
        {%- for ahead, days in spans %}
        sum(case when counts{{ ahead }} then events else 0 end) as counting_events{{ ahead }},
        sum(
            case
                when not counts{{ ahead }} then 0
                when counted_events = 1 then term{{ ahead }}
                else cast(
                    round(
                        cast(counted_events * points_per_event as decimal(20, 2))
                        * factor{{ ahead }},
                        4
                    ) as decimal(18, 4)
                )
            end
        ) as points_of_each{{ ahead }},
        max(case when counts{{ ahead }} then abs(term{{ ahead }}) end) as strongest_term{{ ahead }},
        {%- endfor %}
        sum(case when age = 0 then events else 0 end) as events_today,
        sum(counted_events) as counted_events
    from counted_days
    group by moment_key, rule_key
),

final as (
    select
        -- ids
        rule_sums.moment_key,
        rule_sums.rule_key,
        -- numerics
        cast(
            rules.points
            * case rules.award when 'each' then rule_sums.counted_events else 1 end
            as decimal(18, 4)
        ) as points_before_decay,
        {%- for ahead, days in spans %}
        cast(
            case
                {%- if ahead %}
                when rule_sums.counting_events{{ ahead }} < rules.min_count then 0
                {%- endif %}
                when rules.award = 'each' then rule_sums.points_of_each{{ ahead }}
                when rules.points > 0 then coalesce(rule_sums.strongest_term{{ ahead }}, 0)
                else -coalesce(rule_sums.strongest_term{{ ahead }}, 0)
            end as decimal(18, 4)
        ) as points{{ ahead or '_after_decay' }},
        {%- endfor %}
        cast(rule_sums.events_within_reach as integer) as events,
        cast(rule_sums.events_today as integer) as events_today,
        cast(rule_sums.counted_events as integer) as counted_events,
        -- flags
        rule_sums.counting_events < rules.min_count as is_idle
    from rule_sums
    inner join rules on rule_sums.rule_key = rules.rule_key
)

select * from final
