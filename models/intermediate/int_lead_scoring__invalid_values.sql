with final as (
    {%- for seed, checks in lead_scoring.value_checks().items() %}
    {%- set last_seed = loop.last %}
    {%- for column, must_hold, problem in checks %}
    select
        '{{ seed }}' as seed,
        {{ lead_scoring.rule_row_key(seed) }} as row_key,
        '{{ column }}' as column_name,
        cast({{ column }} as varchar) as value,
        '{{ problem }}' as problem
    from {{ ref('lead_scoring__' ~ seed) }}
    where not coalesce({{ must_hold }}, false)
    {%- if not (loop.last and last_seed) %}
    union all
    {%- endif %}
    {%- endfor %}
    {%- endfor %}
)

select * from final
