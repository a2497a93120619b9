with final as (
    {%- for seed, (columns, key_columns) in lead_scoring.rule_table_columns().items() %}
    select distinct
        '{{ seed }}' as seed,
        {%- for column in (columns[:key_columns] if key_columns else columns) %}
        coalesce(lower({{ lead_scoring.cell_in_words(column) }}), '')
        {{- " || ', ' ||" if not loop.last }}
        {%- endfor %} as row_key,
        {%- for column in columns %}
        {%- set name = column if loop.first else '; ' ~ column %}
        coalesce('{{ name }} ' || {{ lead_scoring.cell_in_words(column) }}, '')
        {{- ' ||' if not loop.last }}
        {%- endfor %} as row_words
    from {{ ref('lead_scoring__' ~ seed) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select * from final
