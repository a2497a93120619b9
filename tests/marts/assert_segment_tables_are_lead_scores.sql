{%- set segments = ['enterprise', 'mid_market', 'small_business'] -%}

with rows_of_segment_tables as (
    {%- for segment in segments %}
    select
        *,
        '{{ segment }}' as table_of_segment
    from {{ ref(segment ~ '_lead_scores') }}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

rows_of_lead_scores as (
    select
        *,
        {{ lead_scoring.normalised('segment') }} as table_of_segment
    from {{ ref('lead_scores') }}
    where {{ lead_scoring.normalised('segment') }} in ('{{ segments | join("', '") }}')
),

final as (
    (
        select * from rows_of_segment_tables
        except
        select * from rows_of_lead_scores
    )
    union all
    (
        select * from rows_of_lead_scores
        except
        select * from rows_of_segment_tables
    )
)

select * from final
