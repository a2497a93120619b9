{%- set purpose = lead_scoring.evidence_purpose() -%}
{%- set days = purpose | replace('created_plus_', '') | replace('_days', '') -%}

with outcomes as (
    select * from {{ ref('stg_lead_scoring__outcomes') }}
    where
        quarantine_cause is null
        and lead_key is not null
        and occurred_at <= {{ lead_scoring.as_of() }}
        and known_at <= {{ lead_scoring.as_of() }}
),

first_words as (
    select
        lead_key,
        min(case when outcome = 'contacted' then occurred_at end) as contacted_at,
        min(case when outcome = 'won' then occurred_at end) as won_at,
        min(case when outcome in ('lost', 'disqualified') then occurred_at end) as lost_at
    from outcomes
    group by lead_key
),

-- the instant of the purpose, where there is one whatever the lead does
leads as (
    select
        identities.lead_key,
        identities.lead_id,
        identities.exists_from,
        first_words.won_at,
        first_words.lost_at,
        {% if purpose.startswith('created_plus_') -%}
        {{ lead_scoring.later('day', days, 'identities.exists_from') }}
        {%- elif purpose == 'first_contact' -%}
        first_words.contacted_at
        {%- else -%}
        cast(null as timestamp)
        {%- endif %} as instant
    from {{ ref('stg_lead_scoring__lead_identities') }} as identities
    left join first_words on identities.lead_key = first_words.lead_key
    where
        identities.lead_id = identities.survivor_lead_id
        and identities.exists_from <= {{ lead_scoring.as_of() }}
),

instant_outcomes as (
    select * from {{ ref('int_lead_scoring__instant_outcomes') }}
    where purpose = '{{ purpose }}'
),

fates as (
    select
        leads.*,
        case
            when instant_outcomes.known = 1 then 'looked at'
            when instant_outcomes.fate = 'unrecorded' then 'outcomes not recorded then'
            when instant_outcomes.fate = 'censored' then 'too young'
            when leads.won_at <= coalesce(leads.instant, {{ lead_scoring.as_of() }})
                then 'won before the instant'
            when leads.lost_at <= coalesce(leads.instant, {{ lead_scoring.as_of() }})
                then 'lost before the instant'
            when leads.instant > {{ lead_scoring.as_of() }} then 'too young'
            else 'other'
        end as fate,
        -- whole days after creation that are over before the win
        case when leads.won_at is not null then greatest(-1, ceil(
            {{ dbt.datediff('leads.exists_from', 'leads.won_at', 'second') }} / 86400.0
        ) - 1) end as days_before_win
    from leads
    left join instant_outcomes on leads.lead_id = instant_outcomes.lead_id
),

-- each win's place among those of its fate, and among all
fates_with_wins as (
    select
        *,
        case when days_before_win is null then 1 else 0 end as is_last,
        count(days_before_win) over (partition by fate) as wins_of_fate,
        count(days_before_win) over () as wins_of_all
    from fates
),

placed_fates as (
    select
        *,
        row_number() over (partition by fate order by is_last, days_before_win) as place_of_fate,
        row_number() over (order by is_last, days_before_win) as place_of_all
    from fates_with_wins
),

counted as (
    {%- for fate, scope in {'fate': 'fate', "'*'": 'all'}.items() %}
    select
        {{ fate }} as fate,
        count(*) as leads,
        count(won_at) as wins,
        sum(case when days_before_win < 0 then 1 else 0 end) as wins_at_creation,
        min(case
            when 5 * place_of_{{ scope }} >= wins_of_{{ scope }} then days_before_win
        end) as days_before_most_wins
    from placed_fates
    {{ 'group by fate union all' if not loop.last }}
    {%- endfor %}
),

final as (
    select
        -- ids
        counted.fate,
        -- strings
        {{ lead_scoring.purpose_column() }},
        -- numerics
        cast(counted.leads as bigint) as leads,
        cast(counted.wins as bigint) as wins,
        cast(counted.wins_at_creation as bigint) as wins_at_creation,
        cast(counted.days_before_most_wins as integer) as days_before_most_wins,
        -- times
        outcome_record.recorded_from,
        outcome_record.recorded_until
    from counted
    cross join {{ ref('int_lead_scoring__outcome_record') }} as outcome_record
)

select * from final
