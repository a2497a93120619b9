"""Turns the codes of the demo into the columns of the input tables, all of them text.

Each query reads tables of codes and of words and is ordered, so that its rows are always the same.
"""

# Seconds from the as-of instant become ISO 8601 text; NO_TIME of the module sales becomes null.
MACROS = """
create macro clock(seconds) as make_timestamp(
    1000000 * (getvariable('as_of') + nullif(seconds, 1000000000000))
);
create macro instant(seconds) as strftime(clock(seconds), '%Y-%m-%dT%H:%M:%SZ');
create macro day(seconds) as strftime(clock(seconds), '%Y-%m-%d');
create macro lead_id(number) as format('L{:06d}', number + 1);
create macro random_mail(number) as translate(
    format('{:x}', number), '0123456789abcdef', 'bcdfghjklmnpqrst'
);
create macro event_id(number) as format('E{:08d}', number + 1);
"""

PERSONS = """
create table persons as
with named_companies as (
    select
        companies.* exclude (namesake),
        concat_ws(
            ' ',
            stems.name,
            nouns.name,
            case when companies.namesake > 0 then companies.namesake + 1 end
        ) as own_name
    from companies
    inner join stems on companies.stem = stems.code
    inner join nouns on companies.noun = nouns.code
)

select
    people.*,
    named_companies.* exclude (code, own_name),
    coalesce(spam_names.first_name, first_names.name) as first_text,
    coalesce(spam_names.last_name, last_names.name) as last_text,
    first_names.mail || '.' || last_names.mail as mail_name,
    coalesce(rivals.name, named_companies.own_name) as company_name,
    coalesce(
        rivals.mail, lower(replace(named_companies.own_name, ' ', '-')) || '.example'
    ) as company_domain,
    coalesce(student_titles.name, titles.name) as job_title
from people
inner join named_companies on people.company = named_companies.code
inner join first_names on people.first_name = first_names.code
inner join last_names on people.last_name = last_names.code
inner join titles on people.title = titles.code
left join spam_names on people.spam_name = spam_names.code
left join rivals on people.rival = rivals.code
left join student_titles on people.student_title = student_titles.code
"""

LEADS = """
with versions as (
    select persons.*, 1 as version, null as updated
    from persons
    union all
    select persons.*, 2 as version, persons.changed as updated
    from persons
    where persons.changed < 1000000000000
),

lead_rows as (
    select
        lead_id(versions.number) as lead_id,
        instant(versions.created) as created_at,
        case mail_kinds.name
            when 'none' then null
            when 'invalid' then versions.mail_name || '(at)' || versions.company_domain
            when 'random' then random_mail(versions.random_mail) || '@' || mail_domains.name
            when 'business' then versions.mail_name || '@' || versions.company_domain
            else versions.mail_name || '@' || mail_domains.name
        end as email,
        versions.first_text as first_name,
        versions.last_text as last_name,
        versions.job_title,
        case when versions.has_company then versions.company_name end as company_name,
        case when versions.has_company then versions.company_domain end as company_domain,
        case when versions.has_account then format('A{:06d}', versions.company + 1) end
            as account_id,
        case when versions.has_company then industries.name end as industry,
        case when versions.knows_size then versions.employees::varchar end as employee_count,
        case when versions.knows_size and versions.is_enriched then versions.revenue::varchar end
            as annual_revenue,
        case when versions.spells_country then countries.name else countries.code_of_country end
            as country,
        countries.region,
        countries.city,
        case
            when versions.is_enriched or versions.version = 2
                then nullif(concat_ws(';', warehouses.name, crms.name, tools.name), '')
        end as technologies,
        case when versions.version = 2 then budget_words.name end
            as budget_authority,
        case when versions.version = 2 then day(versions.contract_ends) end
            as current_contract_ends_on,
        lead_sources.name as lead_source,
        products.name as product_interest,
        instant(versions.updated) as updated_at,
        case
            when versions.is_erased and (versions.version = 2 or versions.changed = 1000000000000)
                then instant(versions.created + 86400)
        end as deleted_at,
        versions.number,
        versions.version
    from versions
    inner join mail_kinds on versions.mail_kind = mail_kinds.code
    left join budget_words on versions.budget_authority = budget_words.code
    left join mail_domains on versions.mail_domain = mail_domains.code
    inner join industries on versions.industry = industries.code
    inner join countries on versions.country = countries.code
    left join warehouses on versions.warehouse = warehouses.code
    left join crms on versions.crm = crms.code
    left join tools on versions.tool = tools.code
    inner join lead_sources on versions.lead_source = lead_sources.code
    left join products on versions.product = products.code
),

-- Copies of the first leads that no one can use: the run must count them and go on.
broken_rows as (
    select
        lead_rows.* replace (
            case when lead_rows.number = 0 then null else 'L-broken-' || lead_rows.number end
                as lead_id,
            case
                when lead_rows.number = 1 then null
                when lead_rows.number = 2 then 'last Tuesday'
                else lead_rows.created_at
            end as created_at,
            1000000000 + lead_rows.number as number
        )
    from lead_rows
    where lead_rows.number < 3 and lead_rows.version = 1
),

all_rows as (
    select * from lead_rows
    union all
    select * from broken_rows
)

select all_rows.* exclude (number, version)
from all_rows
order by all_rows.number, all_rows.version
"""

EVENTS = """
with event_rows as (
    select
        case when events.broken = 1 then null else event_id(events.number) end as event_id,
        case when events.broken = 2 then 'L-nobody' else lead_id(events.lead) end as lead_id,
        case when events.broken = 3 then null else things.event_type end as event_type,
        case
            when events.broken = 4 then '2026-02-30T25:61:00Z'
            -- Lists of a trade fair know the day alone.
            when things.event_type = 'trade_fair_visited' then day(events.occurred)
            else instant(events.occurred)
        end as occurred_at,
        instant(events.loaded) as loaded_at,
        things.channel,
        things.url,
        things.asset,
        case
            when things.channel in ('web', 'product')
                then format(
                    'S{}-{}', events.lead + 1, (getvariable('as_of') + events.occurred) // 7200
                )
        end as session_id,
        case when things.channel in ('web', 'product', 'email') then agents.name end as user_agent,
        case when events.quantity >= 0 then events.quantity::varchar end as quantity,
        events.position
    from events
    inner join things on events.thing = things.code
    inner join agents on events.agent = agents.code
)

select event_rows.* exclude (position)
from event_rows
order by event_rows.position
"""

OUTCOMES = """
with outcome_rows as (
    select
        case when outcomes.broken = 1 then 'L-nobody' else lead_id(outcomes.lead) end as lead_id,
        case when outcomes.broken = 2 then 'maybe' else outcome_names.name end as outcome,
        case when outcomes.broken = 3 then 'yesterday' else instant(outcomes.occurred) end
            as occurred_at,
        instant(outcomes.occurred + 1800) as loaded_at,
        format('O{:06d}', outcomes.number + 1) as outcome_id,
        case when outcomes.amount >= 0 then outcomes.amount::varchar end as amount,
        reasons.name as reason,
        format('seller_{:02d}', 1 + outcomes.lead % 8) as owner,
        outcomes.number
    from outcomes
    inner join outcome_names on outcomes.outcome = outcome_names.code
    left join reasons on outcomes.reason = reasons.code
)

select outcome_rows.* exclude (number)
from outcome_rows
order by outcome_rows.number
"""

LEAD_MERGES = """
with merge_rows as (
    select
        lead_id(merges.lead) as lead_id,
        case
            when merges.survivor < 0 then 'L-nobody'
            else lead_id(merges.survivor)
        end as merged_into_lead_id,
        instant(merges.merged) as merged_at,
        merges.number
    from merges
)

select merge_rows.* exclude (number)
from merge_rows
order by merge_rows.number
"""
