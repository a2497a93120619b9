{{ config(group='lead_scoring') }}

{%- set ids_of_tables = [
    ('stg_lead_scoring__lead_identities', 'lead_id'),
    ('stg_lead_scoring__lead_identities', 'survivor_lead_id'),
    ('stg_lead_scoring__leads', 'lead_id'),
    ('stg_lead_scoring__lead_merges', 'lead_id'),
    ('stg_lead_scoring__lead_merges', 'merged_into_lead_id'),
    ('int_lead_scoring__moments', 'lead_id'),
    ('int_lead_scoring__leads_at_moments', 'lead_id'),
    ('int_lead_scoring__score_log', 'lead_id'),
    ('int_lead_scoring__score_log', 'merged_into_lead_id'),
    ('int_lead_scoring__changed_reasons', 'lead_id'),
    ('int_lead_scoring__stage_log', 'lead_id'),
    ('int_lead_scoring__stage_standings', 'lead_id'),
    ('int_lead_scoring__stage_episodes', 'lead_id'),
    ('account_scores', 'best_lead_id'),
    ('lead_contacts', 'lead_id'),
    ('lead_decay', 'lead_id'),
    ('lead_engagement_scores', 'lead_id'),
    ('lead_fit_scores', 'lead_id'),
    ('lead_handoffs', 'lead_id'),
    ('lead_levers', 'lead_id'),
    ('lead_likelihoods', 'lead_id'),
    ('lead_score_changes', 'lead_id'),
    ('lead_score_changes', 'merged_into_lead_id'),
    ('lead_score_history', 'lead_id'),
    ('lead_score_history', 'merged_into_lead_id'),
    ('lead_scores', 'lead_id'),
    ('likelihood_parts', 'lead_id'),
    ('quarantined_rows', 'row_id'),
    ('score_reasons', 'lead_id'),
    ('scorecard_scores', 'lead_id'),
    ('stage_changes', 'lead_id'),
] -%}

with lead_rows as (
    {{ lead_scoring.input_rows('leads') }}
),

identities as (
    select * from {{ ref('stg_lead_scoring__lead_identities') }}
),

-- leads with a time of deletion, readable or not, and those that were merged into one
erased_leads as (
    select lead_id from lead_rows
    where deleted_at_as_text is not null
    union
    select lead_rows.lead_id
    from lead_rows
    inner join identities
        on {{ lead_scoring.short_hash(['lead_rows.lead_id']) }} = identities.lead_hash
    where identities.is_erased
),

ids_of_tables as (
    {%- for table, column in ids_of_tables %}
    select distinct
        '{{ table }}' as table_name,
        {{ column }} as lead_id
    from {{ ref(table) }}
    {%- if table == 'quarantined_rows' %}
    where input_table in ('leads', 'lead_merges')
    {%- endif %}
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}
),

final as (
    select ids_of_tables.*
    from ids_of_tables
    inner join erased_leads on ids_of_tables.lead_id = erased_leads.lead_id
)

select * from final
