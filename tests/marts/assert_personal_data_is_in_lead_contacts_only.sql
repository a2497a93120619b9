{#- Looks at the columns that the public tables really have, in the words of the adapter. -#}
{%- set public_tables = [
    'account_scores', 'enterprise_lead_scores', 'lead_decay', 'lead_engagement_scores',
    'lead_fit_scores', 'lead_handoffs', 'lead_levers', 'lead_likelihoods', 'lead_score_changes',
    'lead_score_history', 'lead_scores', 'likelihood_parts', 'mid_market_lead_scores',
    'quarantined_rows', 'score_reasons', 'scorecard_scores', 'small_business_lead_scores',
    'stage_changes',
] -%}
{%- set personal_columns = ['email', 'mail_address', 'first_name', 'last_name', 'full_name'] -%}

with final as (
    select
        cast(null as {{ lead_scoring.type_name('text') }}) as table_name,
        cast(null as {{ lead_scoring.type_name('text') }}) as column_name
    where 1 = 0
    {%- for table in public_tables %}
    {%- set relation = ref(table) %}
    {%- for column in adapter.get_columns_in_relation(relation)
        if column.name | lower in personal_columns %}
    union all
    select
        '{{ table }}' as table_name,
        '{{ column.name }}' as column_name
    {%- endfor %}
    {%- endfor %}
)

select * from final
