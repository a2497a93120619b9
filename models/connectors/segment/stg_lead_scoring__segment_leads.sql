-- The last that is known of each user, trait by trait: what the table users says, else what they
-- identified themselves with, of which a call has the traits alone that it is about.
{%- set further = lead_scoring.further_columns('segment') %}
{%- set columns = lead_scoring.vendor_columns('segment').users.keys() | list
    + further.keys() | reject('in', lead_scoring.vendor_columns('segment').users) | list %}
{%- set traits = columns
    | reject('in', ['user_id', 'created_at', 'occurred_at', 'told_by']) | list %}

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
            order by
                case told_by when 'users' then 1 else 2 end,
                {{ lead_scoring.input_time_of('occurred_at') }} desc nulls last,
                {%- for trait in traits if trait != 'email' %}
                {{ trait }} nulls last,
                {%- endfor %}
                email nulls last
        ) as place
    from words
),

last_words as (
    select
        {%- for trait in traits %}
        {{ lead_scoring.value_of_least(
            trait,
            'place + case when ' ~ trait ~ ' is null then 1000000000 else 0 end',
            lead_scoring.type_name('text')
        ) }} as {{ trait }},
        {%- endfor %}
        user_id
    from ranked_words
    group by user_id
),

final as (
    select
        {{ lead_scoring.person_id('segment', 'ranked_words.user_id') }} as lead_id,
        ranked_words.user_id,
        ranked_words.occurred_at,
        {%- for trait in traits if trait != 'email' %}
        last_words.{{ trait }},
        {%- endfor %}
        ranked_words.first_seen_at as created_at,
        -- many call their users by their addresses
        coalesce(
            last_words.email,
            case
                when {{ dbt.position("'@'", 'ranked_words.user_id') }} > 1
                    then ranked_words.user_id
            end
        ) as email,
        case
            when ranked_words.user_id is null then 'of no user'
            when ranked_words.place > 1 then 'said anew of the same user'
        end as put_aside
    from ranked_words
    left join last_words on ranked_words.user_id = last_words.user_id
)

select * from final
