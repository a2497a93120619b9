{#- What holds a run back (contract, section 2: held back): a table of which too many rows are
    quarantined, a column that is read and of which too many values cannot be, leads without rows.
    Nobody is to see scores that come of a wrong mapping. With severity warn they are published
    nevertheless. -#}
{{ config(
    group='lead_scoring',
    severity=var('lead_scoring_input_severity', 'error'),
) }}

{%- set limits = {
    'quarantined_percent': 5, 'quarantined_rows': 50,
    'unreadable_percent': 20, 'unreadable_values': 50,
    'most_percent': 50, 'most': 2,
} %}
{%- do limits.update(var('lead_scoring_hold_back', {})) %}

with lead_rows as (
    {{ lead_scoring.input_rows('leads') }}
),

counts as (
    select
        input_table,
        cast(null as {{ lead_scoring.type_name('text') }}) as column_name,
        sum(case when fate = 'quarantined' then row_count else 0 end) as faulty,
        sum(row_count) as total,
        {{ limits.quarantined_percent }} as most_percent,
        {{ limits.quarantined_rows }} as most
    from {{ ref('int_lead_scoring__input_counts') }}
    group by input_table
    union all
    select
        input_table,
        column_name,
        unreadable as faulty,
        filled as total,
        {{ limits.unreadable_percent }} as most_percent,
        {{ limits.unreadable_values }} as most
    from {{ ref('input_columns') }}
    where is_read
    union all
    -- readable or not it erases its lead, and what is on record of it: no table shows those rows
    select
        'leads' as input_table,
        'deleted_at' as column_name,
        coalesce(sum(case when deleted_at is null then 1 else 0 end), 0) as faulty,
        count(*) as total,
        {{ limits.unreadable_percent }} as most_percent,
        {{ limits.unreadable_values }} as most
    from lead_rows
    where deleted_at_as_text is not null
),

final as (
    select * from counts
    where
        (faulty * 100 > total * most_percent and faulty > most)
        or (faulty * 100 > total * {{ limits.most_percent }} and faulty > {{ limits.most }})
    union all
    select distinct
        input_table,
        cast(null as {{ lead_scoring.type_name('text') }}) as column_name,
        0 as faulty,
        0 as total,
        0 as most_percent,
        0 as most
    from {{ ref('stg_lead_scoring__input_columns') }}
    where input_table = 'leads' and input_rows = 0
)

select * from final
