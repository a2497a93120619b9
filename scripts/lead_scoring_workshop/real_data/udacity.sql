-- Udacity: enrolments, daily engagement and project submissions as the contract's leads, events and outcomes.
--
-- The files have days, not instants. What happened on a day is known when the day is over: occurred_at is the day's
-- midnight, loaded_at the next one. So a score as of a midnight knows the days before it and nothing of the day itself.

create view enrolments as
select
    account_key,
    cast(join_date as date) as joined_on,
    cast(cancel_date as date) as cancelled_on
from read_csv('enrollments.csv', all_varchar = true)
where is_udacity = 'False'; -- the others are test accounts

create view leads as
select
    account_key as lead_id,
    min(joined_on) as created_at
from enrolments
group by account_key;

create view daily_engagement as
select
    account_key,
    -- written as 2015-1-9
    cast(strptime(utc_date, '%Y-%m-%d') as date) as active_on,
    cast(num_courses_visited as double) as courses_visited,
    cast(total_minutes_visited as double) as minutes_visited,
    cast(lessons_completed as double) as lessons_completed,
    cast(projects_completed as double) as projects_completed
from read_csv('daily_engagement.csv', all_varchar = true) as daily_engagement
semi join leads on daily_engagement.account_key = leads.lead_id;

create view submissions as
select
    *,
    cast(creation_date as date) as submitted_on,
    cast(completion_date as date) as judged_on
from read_csv('project_submissions.csv', all_varchar = true) as project_submissions
semi join leads on project_submissions.account_key = leads.lead_id;

create view events as
with daily_events as (
    select
        account_key,
        active_on,
        unnest([
            {event_type: 'course_visited', quantity: courses_visited},
            {event_type: 'study_minutes', quantity: minutes_visited},
            {event_type: 'lesson_completed', quantity: lessons_completed},
            {event_type: 'project_completed', quantity: projects_completed}
        ], recursive := true)
    from daily_engagement
),

all_events as (
    select
        account_key || '-' || event_type || '-' || active_on as event_id,
        account_key as lead_id,
        event_type,
        active_on as happened_on,
        round(quantity, 2) as quantity,
        null as asset
    from daily_events
    where quantity <> 0
    union all
    -- Rows that are alike in all columns get one event_id: the project counts them as duplicates.
    -- How the project was judged is left out: it was not known yet.
    select
        account_key || '-project_submitted-'
        || md5(concat_ws(',', submitted_on, judged_on, lesson_key, assigned_rating, processing_state)) as event_id,
        account_key as lead_id,
        'project_submitted' as event_type,
        submitted_on as happened_on,
        null as quantity,
        lesson_key as asset
    from submissions
)

select
    event_id,
    lead_id,
    event_type,
    happened_on as occurred_at,
    happened_on + 1 as loaded_at,
    quantity,
    asset
from all_events;

-- won: the first project passed; lost: the last cancellation of those who never passed it.
create view outcomes as
with first_passes as (
    select
        account_key,
        min(judged_on) as passed_on
    from submissions
    where lesson_key in ('746169184', '3176718735') and assigned_rating in ('PASSED', 'DISTINCTION')
    group by account_key
),

dated_outcomes as (
    select
        account_key,
        'won' as outcome,
        passed_on as happened_on
    from first_passes
    union all
    select
        account_key,
        'lost' as outcome,
        max(cancelled_on) as happened_on
    from enrolments
    anti join first_passes on enrolments.account_key = first_passes.account_key
    group by account_key
    having max(cancelled_on) is not null
)

select
    account_key as lead_id,
    outcome,
    happened_on as occurred_at,
    happened_on + 1 as loaded_at
from dated_outcomes;
