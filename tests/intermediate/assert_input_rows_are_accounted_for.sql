{#- int_lead_scoring__input_counts takes what remains for rows of erased leads: here they are
    counted by themselves. -#}
{{ config(group='lead_scoring') }}

{%- set tables = ['leads', 'events', 'outcomes', 'lead_merges'] %}

with identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
),

{%- for table in tables %}

{{ table }}_rows as (
    {{ lead_scoring.input_rows(table) }}
),

{{ table }}_of_erased_leads as (
    select
        {{ table }}_rows.*,
        identities.survivor_lead_id
    from {{ table }}_rows
    inner join identities
        on {{ dbt.hash(table ~ '_rows.lead_id') }} = identities.erased_lead_hash
),
{%- endfor %}

-- usable events and outcomes of an erased lead that was merged stay with its survivor
erased_rows as (
    select 'leads' as input_table
    from leads_of_erased_leads
    union all
    select 'lead_merges' as input_table
    from lead_merges_of_erased_leads
    union all
    select 'events' as input_table
    from events_of_erased_leads
    where survivor_lead_id is null or quarantine_cause is not null
    union all
    select 'outcomes' as input_table
    from outcomes_of_erased_leads
    where
        survivor_lead_id is null
        or quarantine_cause is not null
        or lower(outcome) not in (
            'contacted', 'accepted', 'rejected', 'qualified', 'opportunity', 'won', 'lost',
            'disqualified', 'reopened'
        )
),

quarantined_rows as (
    select * from {{ ref('quarantined_rows') }}
),

rows_expected as (
    select
        input_table,
        'erased' as fate,
        count(*) as expected
    from erased_rows
    group by input_table
    union all
    select
        input_table,
        'quarantined' as fate,
        count(*) as expected
    from quarantined_rows
    group by input_table
),

rows_counted as (
    select
        input_table,
        fate,
        sum(rows) as counted
    from {{ ref('int_lead_scoring__input_counts') }}
    where fate in ('erased', 'quarantined')
    group by input_table, fate
),

final as (
    select
        coalesce(rows_expected.input_table, rows_counted.input_table) as input_table,
        coalesce(rows_expected.fate, rows_counted.fate) as fate,
        rows_expected.expected,
        rows_counted.counted
    from rows_expected
    full outer join rows_counted
        on
            rows_expected.input_table = rows_counted.input_table
            and rows_expected.fate = rows_counted.fate
    where coalesce(rows_expected.expected, 0) <> coalesce(rows_counted.counted, 0)
)

select * from final
