{%- set columns = lead_scoring.input_contract('leads').columns | list %}
{%- for tool in lead_scoring.connectors() %}
{%- for column in lead_scoring.further_columns(tool) if column not in columns %}
{%- do columns.append(column) %}
{%- endfor %}
{%- endfor %}

with leads as (
    {{ lead_scoring.connected_rows('leads', columns) }}
),

final as (
    select
        {%- for column in columns %}
        {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from leads
)

select * from final
