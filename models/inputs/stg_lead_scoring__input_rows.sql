-- how many rows each input has, before anything is done
with final as (
    {%- for table in ['leads', 'outcomes', 'lead_merges']
        if lead_scoring.input_relation(table) is not none %}
    select
        '{{ table }}' as input_table,
        count(*) as input_rows
    from {{ lead_scoring.input_relation(table) }}
    union all
    {%- endfor %}
    select
        'events' as input_table,
        count(*) as input_rows
    from {{ lead_scoring.input_relation('events') }}
)

select * from final
