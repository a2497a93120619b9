{#- A select of the distinct names that contain an entry of the list keyboard_run (decision 17).
    In: a relation with full_name. Call: keyboard_runs('lead_rows'). Out: a select statement. -#}
{% macro keyboard_runs(relation) -%}
    with entries as (
        {{ lead_scoring.list_entries('keyboard_run') }}
    )

    select distinct lead_rows.full_name
    from {{ relation }} as lead_rows
    inner join entries on {{ dbt.position('entries.entry', 'lower(lead_rows.full_name)') }} > 0
{%- endmacro %}
