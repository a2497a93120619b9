-- Every input row that cannot be used, with its cause and no free text (contract, section 2; 0001,
-- number 7).
with rows_with_cause as (
    {%- for table, row_id in [
        ('leads', 'lead_id'),
        ('events', 'event_id'),
        ('outcomes', 'outcome_id'),
        ('lead_merges', 'lead_id'),
    ] %}
    select
        '{{ table }}' as input_table,
        {{ row_id }} as row_id,
        quarantine_cause as cause
    from {{ ref('stg_lead_scoring__' ~ ('quarantined_events' if table == 'events' else table)) }}
    where quarantine_cause is not null
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

final as (
    select
        -- ids
        input_table || '-' || cast(
            row_number() over (
                partition by input_table order by cause, coalesce(row_id, '')
            ) as {{ lead_scoring.type_name('text') }}
        ) as quarantined_row,
        input_table,
        -- ids of leads stand everywhere, and a test looks at them; what else holds an address is
        -- told to nobody who may not read addresses
        case
            when input_table in ('events', 'outcomes') and row_id like '_%@_%._%' then '***'
            else row_id
        end as row_id,
        -- strings
        cause
    from rows_with_cause
)

select * from final
