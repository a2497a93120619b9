-- depends_on: {{ ref('int_lead_scoring__accounts_before') }}
-- depends_on: {{ ref('int_lead_scoring__lead_versions') }}
-- depends_on: {{ ref('int_lead_scoring__rule_conditions') }}
-- depends_on: {{ ref('stg_lead_scoring__arrived_events') }}
-- what falls due is looked for in these as well; the events are read as the run before left them:
-- depends_on: {{ ref('stg_lead_scoring__leads') }}
-- depends_on: {{ ref('stg_lead_scoring__outcomes') }}
{%- set is_partial = not lead_scoring.recomputes_all('events') %}

with identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
),

changed_leads as (
    select lead_hash from {{ ref('stg_lead_scoring__changed_leads') }}
),

{%- if is_partial %}

identities_touched_by_events as (
    {{ lead_scoring.identities_touched_by_events(ref('stg_lead_scoring__arrived_events')) }}
),

leads_touched_by_time as (
    {{ lead_scoring.leads_touched_by_time() }}
),
{%- endif %}

identities_touched as (
    select
        identities.identity_key,
        identities.lead_key
    from identities
    inner join changed_leads
        on {{ lead_scoring.short_hash(['identities.lead_id']) }} = changed_leads.lead_hash
    union all
    select
        identity_key,
        lead_key
    from identities
    where lead_id is null
    {%- if is_partial %}
    union all
    select
        identities.identity_key,
        identities.lead_key
    from identities
    inner join identities_touched_by_events
        on identities.identity_key = identities_touched_by_events.identity_key
    {%- endif %}
),

-- a lead that was merged away or erased is touched as well: its rows must go
leads_touched as (
    select identity_key as lead_key from identities_touched
    union
    select lead_key from identities_touched
    where lead_key is not null
    {%- if is_partial %}
    union
    select lead_key from leads_touched_by_time
    {%- endif %}
),

final as (
    select lead_key from leads_touched
    {%- if is_partial %}
    union
    select lead_key
    from ({{ lead_scoring.colleagues_of_leads('leads_touched') }}) as colleagues
    {%- endif %}
)

select * from final
