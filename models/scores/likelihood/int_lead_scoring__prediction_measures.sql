-- What the features of predictions are at each moment, but for attributes (contract, section 4:
-- likelihood). Events are counted by day first, and each target and session once, on the day of its
-- latest event, so that the number of measures does not multiply the scan of events. A prediction
-- that has no bins yet is measured too: its training reads this.
{%- set no_bound = 999999999 %}
{%- set of_events = "('events', 'days', 'targets', 'sessions', 'recency', 'trend')" %}
{%- set columns = lead_scoring.event_columns(lead_scoring.input_columns('events')) %}
{%- set decimal_type = 'decimal(18, 4)' %}

with measures as (
    select distinct
        measure_key,
        measure,
        event_type,
        -- a number is quicker to compare than the text
        dense_rank() over (order by event_type) as set_key,
        attribute,
        decay,
        measure = 'events' and decay <> 'no decay' as fades,
        coalesce(within_days, {{ no_bound }}) as reach,
        case
            when within_days is null then {{ no_bound }}
            when measure = 'trend' then 2 * within_days
            else within_days
        end as events_reach
    from {{ ref('int_lead_scoring__prediction_bins') }}
    where measure_key is not null
),

event_sets as (
    select
        set_key,
        event_type,
        max(events_reach) as reach,
        max(case when measure = 'targets' then 1 else 0 end) = 1 as has_targets,
        max(case when measure = 'sessions' then 1 else 0 end) = 1 as has_sessions,
        max(case when measure = 'total' then 1 else 0 end) = 1 as has_totals
    from measures
    where measure in {{ of_events }} or measure = 'total'
    group by set_key, event_type
),

parts_of_sets as (
    {{ lead_scoring.split_rows('event_sets', 'event_type', '|', 'named_event_type') }}
),

-- a blank stands for all activity
types_of_sets as (
    select distinct
        set_key,
        {{ lead_scoring.trimmed('named_event_type') }} as named_event_type
    from parts_of_sets
    where event_type <> ''
    union all
    select distinct
        event_sets.set_key,
        {{ lead_scoring.normalised('event_types.event_type') }} as named_event_type
    from event_sets
    cross join {{ ref('lead_scoring__event_types') }} as event_types
    where event_sets.event_type = '' and event_types.is_activity
),

contents_of_sets as (
    select
        contents.content_key,
        event_sets.set_key,
        event_sets.reach,
        event_sets.has_targets,
        event_sets.has_sessions,
        event_sets.has_totals
    from {{ ref('stg_lead_scoring__event_contents') }} as contents
    inner join types_of_sets on contents.event_type = types_of_sets.named_event_type
    inner join event_sets on types_of_sets.set_key = event_sets.set_key
),

events as (
    select
        events.moment_key,
        contents_of_sets.set_key,
        contents_of_sets.has_targets,
        contents_of_sets.has_sessions,
        events.content_key,
        events.target_hash,
        events.session_hash,
        events.age
    from {{ ref('int_lead_scoring__counting_events') }} as events
    inner join contents_of_sets
        on
            events.content_key = contents_of_sets.content_key
            and events.age < contents_of_sets.reach
    where events.is_scored
),

days as (
    select
        moment_key,
        set_key,
        age,
        count(*) as events
    from events
    group by moment_key, set_key, age
),

-- one row per day, target and session of a set: what each is counted by
counted as (
    select
        'days' as counted_by,
        moment_key,
        set_key,
        age,
        events
    from days
    union all
    {%- for kind in ['target', 'session'] %}
    select
        '{{ kind }}s' as counted_by,
        moment_key,
        set_key,
        min(age) as age,
        1 as events
    from events
    where has_{{ kind }}s and {{ kind }}_hash is not null
    group by moment_key, set_key, {{ kind }}_hash
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- a measure without decay needs no factor
measured as (
    select
        counted.moment_key,
        measures.measure_key,
        min(counted.age) as least_age,
        count(*) as days,
        sum(
            case when counted.age < measures.reach then counted.events else -counted.events end
        ) as events
    from counted
    inner join measures
        on
            counted.set_key = measures.set_key
            and counted.counted_by
            = case
                when measures.measure in ('targets', 'sessions') then measures.measure
                else 'days'
            end
            and counted.age < measures.events_reach
    where measures.measure in {{ of_events }} and not measures.fades
    group by counted.moment_key, measures.measure_key
),

clocks as (
    select distinct
        decay,
        clock
    from {{ ref('int_lead_scoring__decay_factors') }}
),

-- how old a day is by the clock of its curve: found before factors are joined, so that they are
-- joined by one number and not compared each with each
days_that_fade as (
    select
        days.moment_key,
        measures.measure_key,
        days.events,
        case clocks.clock when 'activity' then activity.gap else days.age end as age
    from days
    inner join measures
        on days.set_key = measures.set_key and measures.fades and days.age < measures.events_reach
    inner join clocks on measures.decay = clocks.decay
    inner join {{ ref('int_lead_scoring__activity') }} as activity
        on days.moment_key = activity.moment_key
),

kinds_of_days as (
    select distinct
        measure_key,
        age,
        events
    from days_that_fade
),

-- days of one age with as many events are worth the same: decimals are multiplied once for all
worths as (
    select
        kinds_of_days.measure_key,
        kinds_of_days.age,
        kinds_of_days.events,
        cast(
            round(cast(kinds_of_days.events as decimal(20, 2)) * factors.factor, 4)
            as {{ decimal_type }}
        ) as worth
    from kinds_of_days
    inner join measures on kinds_of_days.measure_key = measures.measure_key
    inner join {{ ref('int_lead_scoring__decay_factors') }} as factors
        on measures.decay = factors.decay and kinds_of_days.age = factors.age
),

contents_with_totals as (
    select distinct content_key
    from contents_of_sets
    where has_totals
),

contents as (
    select contents.*
    from {{ ref('stg_lead_scoring__event_contents') }} as contents
    inner join contents_with_totals on contents.content_key = contents_with_totals.content_key
),

content_values as (
    {{ lead_scoring.unpivoted('contents', ['content_key'], columns) }}
),

read_numbers as (
    select
        content_key,
        attribute,
        round({{ lead_scoring.input_number_of('value') }}, 4) as number
    from content_values
),

-- a number that no sum could hold is none
numbers_of_contents as (
    select
        content_key,
        attribute,
        cast(number as {{ decimal_type }}) as number
    from read_numbers
    where abs(number) <= 1000000000
),

totals as (
    select
        events.moment_key,
        measures.measure_key,
        cast(sum(numbers_of_contents.number) as {{ decimal_type }}) as value
    from events
    inner join measures
        on
            events.set_key = measures.set_key
            and measures.measure = 'total'
            and events.age < measures.reach
    inner join numbers_of_contents
        on
            events.content_key = numbers_of_contents.content_key
            and measures.attribute = numbers_of_contents.attribute
    group by events.moment_key, measures.measure_key
),

values_of_events as (
    select
        measured.moment_key,
        measured.measure_key,
        cast(
            case measures.measure
                when 'recency' then measured.least_age
                when 'days' then measured.days
                else measured.events
            end as {{ decimal_type }}
        ) as value
    from measured
    inner join measures on measured.measure_key = measures.measure_key
    union all
    select
        days_that_fade.moment_key,
        days_that_fade.measure_key,
        cast(sum(worths.worth) as {{ decimal_type }}) as value
    from days_that_fade
    inner join worths
        on
            days_that_fade.measure_key = worths.measure_key
            and days_that_fade.age = worths.age
            and days_that_fade.events = worths.events
    group by days_that_fade.moment_key, days_that_fade.measure_key
    union all
    select
        moment_key,
        measure_key,
        value
    from totals
),

final as (
    select
        -- ids
        moments.moment_key,
        measures.measure_key,
        -- numerics
        case
            when measures.measure = 'age'
                then cast(
                    greatest(
                        0, {{ dbt.datediff('moments.exists_from_day', 'moments.as_of_day', 'day') }}
                    ) as {{ decimal_type }}
                )
            when measures.measure in ('recency', 'total') then values_of_events.value
            else coalesce(values_of_events.value, 0)
        end as value
    from {{ ref('int_lead_scoring__moments') }} as moments
    cross join measures
    left join values_of_events
        on
            moments.moment_key = values_of_events.moment_key
            and measures.measure_key = values_of_events.measure_key
    where moments.is_scored
)

select * from final
