{{ config(
    materialized='incremental',
    incremental_strategy='append',
    full_refresh=false,
    on_schema_change='fail'
) }}

-- A number for each wording of a reason, given once: the score log names reasons by it, so that its
-- rows stay narrow and a rule that is reworded later leaves what was said as it was.
with words_of_this_run as (
    -- a line of the score log is one reason
    select distinct replace(words, chr(10), ' ') as words
    from {{ ref('int_lead_scoring__reason_texts') }}
),

known_words as (
    {%- if is_incremental() %}
    select * from {{ this }}
    {%- else %}
    select
        0 as words_key,
        words
    from words_of_this_run
    where 1 = 0
    {%- endif %}
),

latest_key as (
    select coalesce(max(words_key), 0) as words_key from known_words
),

new_words as (
    select words_of_this_run.words
    from words_of_this_run
    left join known_words on words_of_this_run.words = known_words.words
    where known_words.words is null
),

final as (
    select
        cast(
            latest_key.words_key + row_number() over (order by new_words.words) as integer
        ) as words_key,
        new_words.words
    from new_words
    cross join latest_key
)

select * from final
