"""The SQL that makes up input tables: every value follows from the number of its row.

Parameters: $leads and $events, numbers of rows; $begins_at and $as_of, the first and the last
instant of the story; $from_at and $to_at, between which a batch arrives.
"""

# draw: evenly spread over [0, 1). busy_lead: few leads get much (the busiest 1 % a tenth of all),
# and the busy ones lie scattered over the ids, by a step that shares no factor with their number.
MACROS = """
create or replace macro draw(number, topic) as
    hash(cast(number as bigint) * 64 + topic) / 18446744073709551616.0;
create or replace macro pick(number, topic, choices) as
    choices[1 + cast(floor(draw(number, topic) * len(choices)) as integer)];
create or replace macro below(number, topic, limit_) as
    cast(floor(draw(number, topic) * limit_) as bigint);
create or replace macro lead_name(number) as format('l{:08d}', cast(number as bigint));
create or replace macro busy_lead(number, topic, leads) as
    (cast(floor(leads * pow(draw(number, topic), 2)) as bigint) * 7368787 + 11) % leads;
create or replace macro later(instant, seconds) as
    instant + to_milliseconds(cast(floor(1000 * (seconds)) as bigint));
"""

# Versions of leads: number, version (0: the first), created_at, updated_at. One in ten has two.
FIRST_VERSIONS = """
with people as (
    select
        number,
        later(
            cast($begins_at as timestamp),
            epoch(cast($as_of as timestamp) - cast($begins_at as timestamp))
            * pow(draw(number, 1), 3)
        ) as created_at
    from range($leads) as numbers (number)
)

select number, 0 as version, created_at, cast(null as timestamp) as updated_at from people
union all
select
    number,
    1 as version,
    created_at,
    later(
        created_at, epoch(cast($as_of as timestamp) - created_at) * draw(number, 2)
    ) as updated_at
from people
where draw(number, 3) < 0.1
"""

# One lead in a thousand changes while a batch arrives; one in a hundred of those asks to be erased.
LATER_VERSIONS = """
select
    versions.number,
    2 as version,
    versions.created_at,
    later(
        cast($from_at as timestamp),
        epoch(cast($to_at as timestamp) - cast($from_at as timestamp)) * draw(versions.number, 4)
    ) as updated_at
from first_versions as versions
where versions.version = 0 and draw(versions.number, 5) < 0.001
"""

# Version 0 is what became known first; of the rest some attributes are others.
LEADS = """
select
    lead_name(number) as lead_id,
    created_at,
    case when draw(number, 10) < 0.96 then format('p{:d}@{}', number, mail_domain) end as email,
    pick(number, 11, ['Ann', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gita', 'Hugo']) as first_name,
    pick(number, 12, ['Abel', 'Bauer', 'Costa', 'Dubois', 'Evans', 'Fischer', 'Garcia'])
        as last_name,
    pick(changing, 13, [
        'Chief Executive Officer', 'VP Engineering', 'Head of Data', 'Director of Marketing',
        'IT Manager', 'Sales Manager', 'Data Engineer', 'Developer', 'Analyst', 'Consultant',
        'Student', 'Intern', 'Product Manager', 'Finance Director', 'Purchasing Manager'
    ]) || case when draw(number, 14) < 0.3 then format(' {:d}', number % 400) else '' end
        as job_title,
    format('Company {:d}', company) as company_name,
    format('company{:d}.example', company) as company_domain,
    case when draw(number, 15) < 0.7 then format('a{:d}', company) end as account_id,
    pick(company, 16, [
        'Software', 'Banking', 'Insurance', 'Retail', 'Manufacturing', 'Health', 'Energy',
        'Education', 'Government', 'Media', 'Logistics', 'Agriculture'
    ]) as industry,
    cast(floor(pow(10, 4.3 * pow(draw(company, 17), 1.5))) as integer) as employee_count,
    cast(round(1e5 * pow(10, 4 * draw(company, 18))) as bigint) as annual_revenue,
    pick(number, 19, [
        'US', 'DE', 'GB', 'FR', 'NL', 'IT', 'ES', 'PL', 'SE', 'CA', 'AU', 'IN', 'BR', 'JP'
    ]) as country,
    pick(number, 20, ['Americas', 'Europe', 'Asia', 'Africa']) as region,
    format('City {:d}', below(number, 21, 300)) as city,
    concat_ws(
        ';',
        pick(number, 22, ['snowflake', 'bigquery', 'redshift', 'postgres', 'oracle', 'none']),
        pick(changing, 23, ['salesforce', 'hubspot', 'dynamics', 'pipedrive', 'none'])
    ) as technologies,
    pick(changing, 24, ['decides', 'influences', 'none', null, null]) as budget_authority,
    pick(number, 25, ['search', 'referral', 'partner', 'fair', 'list', 'advert']) as lead_source,
    pick(number, 26, ['core', 'reports', 'machine learning', 'services']) as product_interest,
    updated_at,
    case
        when draw(number, 27) < 0.0005 and version < 2 or version = 2 and draw(number, 28) < 0.01
            then coalesce(updated_at, created_at)
    end as deleted_at,
    date '2026-01-01' + cast(below(number, 29, 1000) as integer) as current_contract_ends_on,
    pick(changing, 30, ['free', 'team', 'business', null]) as plan,
    pick(number, 31, ['gold', 'silver', 'bronze', null, null, null]) as partner_tier,
    cast(floor(200 * pow(draw(changing, 32), 3)) as integer) as team_size,
    draw(number, 33) < 0.4 as takes_newsletter
from (
    select
        *,
        number + version * 4294967296 as changing,
        cast(floor($leads / 5.0 * pow(draw(number, 34), 1.5)) as bigint) as company,
        case
            when draw(number, 35) < 0.8 then format('mail{:d}.example', below(number, 36, 50000))
            else pick(number, 37, ['gmail.com', 'outlook.com', 'mailinator.com'])
        end as mail_domain
    from versions
) as versions_with_company
order by coalesce(updated_at, created_at), lead_id
"""

# Every second lead may be merged into the next one: no chains, and some 0.3 % are.
LEAD_MERGES = """
select
    lead_name(number) as lead_id,
    lead_name(number + 1) as merged_into_lead_id,
    later(
        cast($from_at as timestamp),
        epoch(cast($to_at as timestamp) - cast($from_at as timestamp)) * draw(number, 38)
    ) as merged_at
from range(0, $leads - 1, 2) as numbers (number)
where draw(number, 39) >= $merged_from and draw(number, 39) < $merged_to
order by merged_at, lead_id
"""

OUTCOMES = """
select
    lead_name(number) as lead_id,
    pick(number + 7 * step, 40, [
        'contacted', 'accepted', 'rejected', 'qualified', 'opportunity', 'won', 'lost',
        'disqualified'
    ]) as outcome,
    later(
        cast($begins_at as timestamp),
        epoch(cast($as_of as timestamp) - cast($begins_at as timestamp))
        * draw(number + 7 * step, 41)
    ) as occurred_at,
    format('o{:d}-{:d}', number, step) as outcome_id
from range($leads) as numbers (number)
cross join range(3) as steps (step)
where draw(number, 42) < 0.15 and draw(number + 7 * step, 43) < 0.5
order by occurred_at, outcome_id
"""
