{#- A select of a short hash of each row of leads, outcomes and lead_merges beside that of the lead
    it is about (a merge is about two): lead_hash, row_hash.
    Call: lead_row_hashes(). Out: a select statement. -#}
{% macro lead_row_hashes() -%}
    {%- set abouts = [
        ('leads', 'lead_id'),
        ('outcomes', 'lead_id'),
        ('lead_merges', 'lead_id'),
        ('lead_merges', 'merged_into_lead_id'),
    ] -%}
    {%- for table, about in abouts if lead_scoring.input_relation(table) is not none %}
    {%- set columns = lead_scoring.input_columns(table) -%}
    {%- set values = ["'" ~ table ~ "'"] -%}
    {%- for name in columns -%}
        {%- do values.append(adapter.quote(columns[name].name)) -%}
    {%- endfor %}
    {{ 'union all' if not loop.first }}
    select
        {{ lead_scoring.lead_hash(columns.get(about)) }} as lead_hash,
        {{ lead_scoring.short_hash(values) }} as row_hash
    from {{ lead_scoring.input_relation(table) }}
    {%- endfor %}
{%- endmacro %}
