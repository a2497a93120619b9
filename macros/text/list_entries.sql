{#- A select of the distinct entries of one named list, as the contract compares text.
    In: name of the list. Call: list_entries('competitor').
    Out: a select statement with the column entry. -#}
{% macro list_entries(name) -%}
    select distinct {{ lead_scoring.normalised('entry') }} as entry
    from {{ ref('lead_scoring__lists') }}
    where
        {{ lead_scoring.normalised('list') }} = '{{ name }}'
        and {{ lead_scoring.normalised('entry') }} is not null
{%- endmacro %}
