-- What Snowplow's Identities says: {"snowplow_id": survivor, "merged": [{"snowplow_id": ...}]}.
{#- the bracket that opens is told by what else a value may begin with: Java takes one in brackets
    for a class #}
{%- set merged_part = '"merged" ?: ?[^{"a-z0-9 -]([^]]*)[]]' %}

with {{ lead_scoring.vendor_imports('snowplow', ['events']) }},

merge_events as (
    select
        {{ lead_scoring.replaced_pattern('merge_json', merged_part, '') }} as survivor,
        {{ lead_scoring.replaced_pattern('merge_json', '^.*' ~ merged_part ~ '.*$', '\\1') }}
            as merged
    from events
    where merge_json is not null
),

parts as (
    {{ lead_scoring.split_rows('merge_events', 'merged', '}', 'part') }}
),

merged_pairs as (
    select
        {{ lead_scoring.value_in_json('part', 'snowplow_id') }} as merged_id,
        {{ lead_scoring.value_in_json('survivor', 'snowplow_id') }} as survivor_id,
        {{ lead_scoring.value_in_json('part', 'merged_at') }} as merged_at,
        {{ lead_scoring.value_in_json('survivor', 'created_at') }} as survivor_created_at
    from parts
),

final as (
    select distinct
        {{ lead_scoring.person_id('snowplow', 'merged_id') }} as lead_id,
        {{ lead_scoring.person_id('snowplow', 'survivor_id') }} as merged_into_lead_id,
        merged_at,
        survivor_created_at
    from merged_pairs
    where merged_id is not null and survivor_id is not null
)

select * from final
