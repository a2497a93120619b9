{#- A select of the versions of leads that have several: lead_key, holds_since, when the next
    version takes over (holds_until), and the version's place among them (1: the earliest).
    In: a relation with lead_key and holds_since. Call: successions('versions').
    Out: a select statement. Leads of one version, nearly all, need no sorting. -#}
{% macro successions(relation) -%}
    with leads_with_several_versions as (
        select lead_key
        from {{ relation }}
        group by lead_key
        having count(*) > 1
    )

    select
        versions.lead_key,
        versions.holds_since,
        lead(versions.holds_since) over (
            partition by versions.lead_key order by versions.holds_since
        ) as holds_until,
        row_number() over (
            partition by versions.lead_key order by versions.holds_since
        ) as place
    from {{ relation }} as versions
    inner join leads_with_several_versions
        on versions.lead_key = leads_with_several_versions.lead_key
{%- endmacro %}
