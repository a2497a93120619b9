{%- set method = var('lead_scoring_account_method', 'champion') -%}
{%- set limit = var('lead_scoring_account_sum_limit', 100) | int -%}

with account_scores as (
    select * from {{ ref('account_scores') }}
),

leads as (
    select
        *,
        status = 'open' and not is_disqualified as counts
    from {{ ref('lead_scores') }}
    where account is not null
),

accounts_of_leads as (
    select
        account,
        as_of,
        count(*) as leads,
        sum(case when counts then 1 else 0 end) as open_leads,
        max(case when counts then total_score end) as highest_score,
        {%- if method == 'sum' %}
        -- a sum lies between its highest part and its limit
        least({{ limit }}, max(case when counts then total_score end)) as lowest_account_score,
        {{ limit }} as highest_account_score
        {%- elif method == 'roles' %}
        -- roles that nobody has count 0
        max(case when counts then 0 end) as lowest_account_score,
        max(case when counts then total_score end) as highest_account_score
        {%- else %}
        min(case when counts then total_score end) as lowest_account_score,
        max(case when counts then total_score end) as highest_account_score
        {%- endif %}
    from leads
    group by account, as_of
),

final as (
    select
        coalesce(account_scores.account, accounts_of_leads.account) as account,
        coalesce(account_scores.as_of, accounts_of_leads.as_of) as as_of,
        account_scores.account_score,
        accounts_of_leads.lowest_account_score,
        accounts_of_leads.highest_account_score
    from account_scores
    full outer join accounts_of_leads
        on
            account_scores.account = accounts_of_leads.account
            and account_scores.as_of = accounts_of_leads.as_of
    where
        account_scores.account is null
        or accounts_of_leads.account is null
        or account_scores.leads <> accounts_of_leads.leads
        or account_scores.open_leads <> accounts_of_leads.open_leads
        or account_scores.account_score < accounts_of_leads.lowest_account_score
        or account_scores.account_score > accounts_of_leads.highest_account_score
        or coalesce(account_scores.best_score, -1) <> coalesce(accounts_of_leads.highest_score, -1)
        or (account_scores.account_score is null) <> (accounts_of_leads.open_leads = 0)
        or account_scores.active_leads > account_scores.open_leads
        or account_scores.buying_roles > account_scores.open_leads
        or (account_scores.has_required_roles is null) <> (accounts_of_leads.open_leads = 0)
        or account_scores.completeness_percent not between 0 and 100
        or (account_scores.completeness_percent < 100 and account_scores.missing_roles is null)
        or (account_scores.completeness_percent is null and account_scores.missing_roles <> '')
)

select * from final
