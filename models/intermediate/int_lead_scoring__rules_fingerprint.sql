with hashed_rows as (
    select
        seed,
        {{ dbt.hash('row_words') }} as row_hash
    from {{ ref('int_lead_scoring__rule_rows') }}
),

hashed_seeds as (
    select
        seed,
        {{ dbt.hash(dbt.listagg('row_hash', "''", 'order by row_hash')) }} as seed_hash
    from hashed_rows
    group by seed
),

final as (
    select
        {{ dbt.hash(dbt.listagg("seed || seed_hash", "''", 'order by seed')) }}
            as rules_fingerprint,
        nullif('{{ lead_scoring.rules_commit() }}', '') as rules_commit
    from hashed_seeds
)

select * from final
