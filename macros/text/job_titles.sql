{#- A select of what title_keywords say about each distinct job title: job_title, seniority,
    department. Seniority and department are chosen apart, each among the keywords that have one:
    lowest priority, longest keyword, first in the alphabet (decision 15).
    In: a relation with job_title. Call: job_titles('lead_rows'). Out: a select statement. -#}
{% macro job_titles(relation) -%}
    with keywords as (
        select
            {{ lead_scoring.words_of('keyword') }} as keyword_words,
            {{ lead_scoring.normalised('keyword') }} as keyword,
            {{ lead_scoring.normalised('seniority') }} as seniority,
            {{ lead_scoring.normalised('department') }} as department,
            coalesce(priority, 999999999) as priority
        from {{ ref('lead_scoring__title_keywords') }}
    ),

    titles as (
        select
            job_title,
            {{ lead_scoring.words_of('job_title') }} as title_words
        from (select distinct job_title from {{ relation }}) as distinct_titles
        where job_title is not null
    ),

    matches as (
        select
            titles.job_title,
            keywords.*,
            row_number() over (
                partition by
                    titles.job_title, case when keywords.seniority is null then 0 else 1 end
                order by keywords.priority, length(keywords.keyword) desc, keywords.keyword
            ) as seniority_rank,
            row_number() over (
                partition by
                    titles.job_title, case when keywords.department is null then 0 else 1 end
                order by keywords.priority, length(keywords.keyword) desc, keywords.keyword
            ) as department_rank
        from titles
        inner join keywords
            on
                {{ dbt.position('keywords.keyword_words', 'titles.title_words') }} > 0
                and length(keywords.keyword_words) > 2
    )

    select
        job_title,
        max(case when seniority is not null and seniority_rank = 1 then seniority end) as seniority,
        max(case when department is not null and department_rank = 1 then department end)
            as department
    from matches
    group by job_title
{%- endmacro %}
