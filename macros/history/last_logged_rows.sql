{#- A select of the last row of each key that a log holds, for the leads of a relation. The pre-hook
    of the log has taken out what the run writes anew, so it is the last one before. Where the log
    is new there are none.
    In: names of the key columns, a relation with lead_id and the log's columns that are used.
    Call: last_logged_rows(['lead_id'], 'scores_at_moments'). Out: a select statement. -#}
{% macro last_logged_rows(keys, relation) -%}
    {%- if is_incremental() -%}
    with logged_rows as (
        select
            *,
            row_number() over (partition by {{ keys | join(', ') }} order by as_of desc) as recency
        from {{ this }}
        where lead_id in (select {{ relation }}.lead_id from {{ relation }})
    )

    select * from logged_rows
    where recency = 1
    {%- else -%}
    select * from {{ relation }}
    where 1 = 0
    {%- endif %}
{%- endmacro %}
