-- Every rule row that cannot apply, and how to mend it (contract, section 3: what a table may
-- hold). Nothing is scored while there is one.
with final as (
    {%- if var('lead_scoring_sources', none) %}
    select
        seed,
        row_key,
        column_name,
        cast(value as {{ lead_scoring.type_name('text') }}) as value,
        problem
    from {{ ref('stg_lead_scoring__invalid_maps') }}
    union all
    {%- endif %}
    {%- for topic in ['values', 'references', 'conditions', 'sets', 'predictions'] %}
    select
        seed,
        row_key,
        column_name,
        cast(value as {{ lead_scoring.type_name('text') }}) as value,
        problem
    from {{ ref('int_lead_scoring__invalid_' ~ topic) }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
)

select * from final
