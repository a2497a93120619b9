-- The latest word on each user: the table users, else what they identified themselves with.
{%- set further = lead_scoring.further_columns('segment') %}
{%- set columns = [
    'email', 'first_name', 'last_name', 'job_title', 'company_name', 'industry', 'employee_count',
    'country', 'region', 'city',
] + further.keys() | list %}

with {{ lead_scoring.vendor_imports('segment', ['users'], further) }},

{{ lead_scoring.vendor_imports('segment', ['identifies'], further) }},

words as (
    {%- for table in ['users', 'identifies'] %}
    select
        {%- for column in columns %}
        {{ column }},
        {%- endfor %}
        user_id,
        seen_at,
        created_at,
        company_domain,
        {{ loop.index }} as closeness
    from {{ table }}
    where user_id is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

ranked_words as (
    select
        *,
        min(coalesce(created_at, seen_at)) over (partition by user_id) as first_seen_at,
        row_number() over (partition by user_id order by closeness, seen_at desc, email) as place
    from words
),

final as (
    select
        {{ lead_scoring.person_id('segment', 'user_id') }} as lead_id,
        first_seen_at as created_at,
        {%- for column in columns if column != 'email' %}
        {{ column }},
        {%- endfor %}
        {{ lead_scoring.web_host('company_domain') }} as company_domain,
        -- many call their users by their addresses
        coalesce(
            email, case when {{ dbt.position("'@'", 'user_id') }} > 1 then user_id end
        ) as email
    from ranked_words
    where place = 1
)

select * from final
