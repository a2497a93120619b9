{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    on_schema_change='fail'
) }}

-- How the rules came to be what they are: each row of this table is a rule row that was added,
-- changed or removed since the version before.
with rule_rows as (
    select * from {{ ref('int_lead_scoring__rule_rows') }}
),

current_rules as (
    select * from {{ ref('int_lead_scoring__rules_fingerprint') }}
),

run_instants as (
    select as_of from {{ ref('stg_lead_scoring__as_of') }}
),

{%- if is_incremental() %}

-- the record itself says what the rules were: the latest change of each row
recorded_changes as (
    select
        seed,
        row_key,
        change,
        to_row,
        rules_version,
        row_number() over (partition by seed, row_key order by rules_version desc) as recency
    from {{ this }}
),

latest_versions as (
    select max(rules_version) as rules_version from recorded_changes
),

recorded_rows as (
    select
        seed,
        row_key,
        to_row as row_words
    from recorded_changes
    where recency = 1 and change <> 'removed'
),
{%- else %}

latest_versions as (
    select 0 as rules_version
),

recorded_rows as (
    select * from rule_rows
    where false
),
{%- endif %}

final as (
    select
        -- ids
        cast(latest_versions.rules_version + 1 as integer) as rules_version,
        coalesce(rule_rows.seed, recorded_rows.seed) as seed,
        coalesce(rule_rows.row_key, recorded_rows.row_key) as row_key,
        -- strings
        case
            when recorded_rows.row_key is null then 'added'
            when rule_rows.row_key is null then 'removed'
            else 'changed'
        end as change,
        recorded_rows.row_words as from_row,
        rule_rows.row_words as to_row,
        current_rules.rules_fingerprint,
        current_rules.rules_commit,
        -- times
        run_instants.as_of
    from rule_rows
    full outer join recorded_rows
        on rule_rows.seed = recorded_rows.seed and rule_rows.row_key = recorded_rows.row_key
    cross join latest_versions
    cross join current_rules
    cross join run_instants
    where coalesce(rule_rows.row_words, '') <> coalesce(recorded_rows.row_words, '')
)

select * from final
