-- What title_keywords say about each distinct job title. Seniority and department are chosen apart,
-- each among the keywords that have one: lowest priority, longest keyword, first in the alphabet
-- (contract, section 2: derived attributes; 0001, number 15).
with keywords as (
    select
        {{ lead_scoring.words_of('keyword') }} as keyword_words,
        {{ lead_scoring.normalised('keyword') }} as keyword,
        {{ lead_scoring.normalised('seniority') }} as seniority,
        {{ lead_scoring.normalised('department') }} as department,
        coalesce(priority, 999999999) as priority
    from {{ ref('lead_scoring__title_keywords') }}
),

distinct_titles as (
    select distinct job_title
    from {{ ref('stg_lead_scoring__leads') }}
    where fate = 'used' and job_title is not null
),

titles as (
    select
        job_title,
        {{ lead_scoring.words_of('job_title') }} as title_words
    from distinct_titles
),

matches as (
    select
        titles.job_title,
        keywords.*,
        row_number() over (
            partition by titles.job_title, case when keywords.seniority is null then 0 else 1 end
            order by keywords.priority, length(keywords.keyword) desc, keywords.keyword
        ) as seniority_rank,
        row_number() over (
            partition by titles.job_title, case when keywords.department is null then 0 else 1 end
            order by keywords.priority, length(keywords.keyword) desc, keywords.keyword
        ) as department_rank
    from titles
    inner join keywords
        on
            {{ dbt.position('keywords.keyword_words', 'titles.title_words') }} > 0
            and length(keywords.keyword_words) > 2
),

final as (
    select
        job_title,
        max(case when seniority is not null and seniority_rank = 1 then seniority end) as seniority,
        max(case when department is not null and department_rank = 1 then department end)
            as department
    from matches
    group by job_title
)

select * from final
