-- Ann is in sales, Ben a clerk of the public sector: each account has its champion by another row.
with expected as (
    select 'acme.example' as account, 'enterprise' as scorecard
    union all
    select 'townhall.example' as account, 'public_sector' as scorecard
)

select
    expected.account,
    scored.scorecard,
    scored.completeness_percent,
    scored.missing_roles
from expected
left join {{ ref('account_scores') }} as scored on expected.account = scored.account
where
    scored.account is null
    or scored.scorecard <> expected.scorecard
    or scored.buying_roles <> 1
    or scored.completeness_percent <> 50
    or scored.missing_roles <> 'Signatory (0 of 2)'
    or not scored.has_required_roles
