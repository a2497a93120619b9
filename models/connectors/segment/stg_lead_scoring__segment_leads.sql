-- The latest word on each user: the table users, else what they identified themselves with.
{%- set further = lead_scoring.further_columns('segment') %}
{%- set columns = lead_scoring.vendor_columns('segment').users.keys() | list
    + further.keys() | reject('in', lead_scoring.vendor_columns('segment').users) | list %}

with {{ lead_scoring.vendor_imports('segment', ['users'], further) }},

{{ lead_scoring.vendor_imports('segment', ['identifies'], further) }},

words as (
    {{ lead_scoring.united_rows(columns, {'users': [], 'identifies': []}) }}
),

ranked_words as (
    select
        *,
        min(coalesce(created_at, occurred_at)) over (partition by user_id) as first_seen_at,
        row_number() over (
            partition by user_id
            order by case told_by when 'users' then 1 else 2 end, occurred_at desc, email
        ) as place
    from words
),

final as (
    select
        {{ lead_scoring.person_id('segment', 'user_id') }} as lead_id,
        {%- for column in columns if column not in ['email', 'created_at', 'told_by'] %}
        {{ column }},
        {%- endfor %}
        first_seen_at as created_at,
        -- many call their users by their addresses
        coalesce(
            email, case when {{ dbt.position("'@'", 'user_id') }} > 1 then user_id end
        ) as email,
        case
            when user_id is null then 'of no user'
            when place > 1 then 'said anew of the same user'
        end as put_aside
    from ranked_words
)

select * from final
