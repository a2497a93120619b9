{#- whoever runs dbt may say the git commit of the rule tables; nothing else of it gets into SQL #}
{%- set commit = modules.re.sub('[^0-9a-zA-Z+]', '', env_var('LEAD_SCORING_RULES_COMMIT', '')) -%}

-- A prediction decides no score, and not whether a lead is handed over: training one again is no
-- change of rules that silences hand-offs.
with hashed_rows as (
    select
        seed,
        {{ lead_scoring.text_hash('row_words') }} as row_hash
    from {{ ref('int_lead_scoring__rule_rows') }}
    where seed not in ('predictions', 'prediction_approvals')
),

hashed_seeds as (
    select
        seed,
        {{ lead_scoring.text_hash(lead_scoring.ordered_texts('row_hash', "''", 'row_hash')) }}
            as seed_hash
    from hashed_rows
    group by seed
),

final as (
    select
        {{ lead_scoring.text_hash(lead_scoring.ordered_texts("seed || seed_hash", "''", 'seed')) }}
            as rules_fingerprint,
        nullif('{{ commit }}', '') as rules_commit
    from hashed_seeds
)

select * from final
