{#- A select of the outcomes that decide a lead's status, numbered from the latest: of those of one
    instant disqualified comes first, then won, lost and reopened, as the contract has it.
    In: a relation with outcome and occurred_at, the columns of its key.
    Call: statuses_latest_first('outcomes', ['lead_key']).
    Out: a select statement with the key, outcome, occurred_at and recency. -#}
{% macro statuses_latest_first(relation, key) -%}
    select
        {{ key | join(', ') }},
        outcome,
        occurred_at,
        row_number() over (
            partition by {{ key | join(', ') }}
            order by
                occurred_at desc,
                case outcome
                    when 'disqualified' then 1 when 'won' then 2 when 'lost' then 3 else 4
                end
        ) as recency
    from {{ relation }}
    where outcome in ('won', 'lost', 'disqualified', 'reopened')
{%- endmacro %}
