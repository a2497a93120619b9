{{ config(materialized='kept', meta={'scope': 'scores', 'replaces': 'moments'}) }}

with rules as (
    select * from {{ ref('int_lead_scoring__rules') }}
    where kind = 'engagement'
),

factors_of_rules as (
    select
        rules.rule_key,
        decay_factors.age,
        decay_factors.factor
    from rules
    inner join {{ ref('int_lead_scoring__decay_factors') }} as decay_factors
        on rules.decay = decay_factors.decay
),

-- the points of a rule only fall: where they are not halved at the end of a block of days, they are
-- on no day of it
searches as (
    select
        *,
        cast(ceil(sqrt(search_until_days - search_from_days + 1)) as integer) as days_of_block
    from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__decayed_points')) }}
    where search_from_days <= search_until_days
),

rule_days as (
    select
        days.moment_key,
        days.rule_key,
        days.age,
        days.days_on_clock,
        days.events,
        days.factor,
        cast(days.counted_events * days.points_per_event as decimal(20, 2))
            as points_before_decay,
        rules.min_count,
        rules.within_days
    from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__rule_days')) }} as days
    inner join searches
        on days.moment_key = searches.moment_key and days.rule_key = searches.rule_key
    inner join rules on days.rule_key = rules.rule_key
),

-- as many blocks as a block has days, so that all of the span is in one
blocks as (
    {{ lead_scoring.whole_numbers('searches', '0', 'days_of_block - 1', 'block') }}
),

ends_of_blocks as (
    select
        moment_key,
        rule_key,
        search_from_days + block * days_of_block as first_days,
        least(search_from_days + (block + 1) * days_of_block - 1, search_until_days) as days_ahead
    from blocks
    where search_from_days + block * days_of_block <= search_until_days
),

first_ends as (
    {{ lead_scoring.first_halved_days('ends_of_blocks') }}
),

blocks_of_first_ends as (
    select ends_of_blocks.*
    from ends_of_blocks
    inner join first_ends
        on
            ends_of_blocks.moment_key = first_ends.moment_key
            and ends_of_blocks.rule_key = first_ends.rule_key
            and ends_of_blocks.days_ahead = first_ends.days_ahead
),

days_of_blocks as (
    {{ lead_scoring.whole_numbers('blocks_of_first_ends', 'first_days', 'days_ahead', 'day') }}
),

days_to_try as (
    select
        moment_key,
        rule_key,
        day as days_ahead
    from days_of_blocks
),

final as (
    {{ lead_scoring.first_halved_days('days_to_try') }}
)

select * from final
