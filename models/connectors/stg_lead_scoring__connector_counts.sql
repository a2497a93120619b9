-- What became of the rows of the chosen tools before the contract's own counts begin: read, or put
-- aside, and why.
with fates as (
    {%- for table, model in {
        'leads': 'known_leads', 'events': 'known_events', 'outcomes': 'known_outcomes',
        'lead_merges': 'known_merges',
    }.items() %}
    select
        tool,
        '{{ table }}' as input_table,
        coalesce(put_aside, 'read') as fate
    from {{ ref('stg_lead_scoring__' ~ model) }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

final as (
    select
        tool,
        input_table,
        fate,
        count(*) as input_rows
    from fates
    group by tool, input_table, fate
)

select * from final
