{#- A select of the population stability index of counts over bins: how far the shares of leads have
    moved from those of the past, and how much of it chance alone would make. Each bin has half a
    lead more, so that an empty one gives no infinity.
    In: a relation with the columns of the key, leads and past_leads, one row per bin; the columns
    of the key. Call: stability('bins', ['scorecard', 'month']).
    Out: a select statement with the key, leads, past_leads, psi and psi_by_chance; these two are
    null where there is no lead or no past one. -#}
{% macro stability(relation, key) -%}
    {%- set keys = key | join(', ') -%}
    with totals as (
        select
            *,
            count(*) over (partition by {{ keys }}) as bins,
            sum(leads) over (partition by {{ keys }}) as all_leads,
            sum(past_leads) over (partition by {{ keys }}) as all_past_leads
        from {{ relation }}
    ),

    shares as (
        select
            *,
            {{ lead_scoring.half_more('leads') }} / (all_leads + 0.5 * bins) as share,
            {{ lead_scoring.half_more('past_leads') }} / (all_past_leads + 0.5 * bins)
                as past_share
        from totals
    )

    select
        {{ keys }},
        all_leads as leads,
        all_past_leads as past_leads,
        case when all_leads > 0 and all_past_leads > 0 then {{ lead_scoring.statistic(
            'sum(cast(' ~ lead_scoring.rounded('(share - past_share) * ln(share / past_share)', 9)
            ~ ' as decimal(28, 9)))'
        ) }} end as psi,
        -- in whole numbers: what lies halfway between two of six decimals each engine rounds alike
        case when all_leads > 0 and all_past_leads > 0 then cast({{ lead_scoring.divided_half_up(
            'cast((bins - 1) * (all_leads + all_past_leads) * 1000000 as bigint)',
            'cast(all_leads * all_past_leads as bigint)'
        ) }} * 0.000001 as decimal(12, 6)) end as psi_by_chance
    from shares
    group by {{ keys }}, bins, all_leads, all_past_leads
{%- endmacro %}
