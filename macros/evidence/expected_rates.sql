{#- A select of the conversion rate that the past makes one expect in each band: the band's own past
    rate, drawn towards that of all bands by the weight of two leads, which is itself drawn towards
    a half by the weight of one. Null where nothing is known of the past.
    In: a relation with past_known_leads and past_conversions, one row a band; the columns that
    tell the groups of bands.
    Call: expected_rates('month_bands', ['scorecard', 'month']).
    Out: a select statement with all columns, past_leads_of_all and expected_rate, a double. -#}
{% macro expected_rates(relation, groups) -%}
    select
        *,
        case
            when past_leads_of_all > 0
                then
                    (past_conversions + 2 * {{ lead_scoring.half_more('past_conversions_of_all') }}
                    / (past_leads_of_all + 1)) / (past_known_leads + 2)
        end as expected_rate
    from (
        select
            *,
            sum(past_known_leads) over (partition by {{ groups | join(', ') }})
                as past_leads_of_all,
            sum(past_conversions) over (partition by {{ groups | join(', ') }})
                as past_conversions_of_all
        from {{ relation }}
    ) as totals
{%- endmacro %}
