-- X Education: Leads.csv as the contract's leads, events and outcomes.
--
-- The file has no date at all. So all leads and what they did get one import instant, and all that sales wrote
-- about them one later instant. Both are made up: only their order means something. A score as of an instant
-- in between knows what was imported, and nothing of what sales wrote.
--
-- Left out: Prospect ID (a second key), Page Views Per Visit (visits and time say it), What matters most to you
-- in choosing a course (all but 3 answers are the same), and the columns with at most 14 "Yes" (Search, Magazine,
-- Newspaper Article, X Education Forums, Newspaper, Digital Advertisement, Through Recommendations, Receive More
-- Updates, Update me on Supply Chain Content, Get updates on DM Content, I agree to pay the amount through cheque).

set variable imported_at = '2018-01-01T00:00:00Z';
set variable contacted_at = '2018-07-01T00:00:00Z';

create macro answered(value) as nullif(value, 'Select');

create view source_rows as
select * from read_csv('Leads.csv', all_varchar = true);

-- updated_at is the instant of contact: attributes marked `after_contact` are missing as of any earlier instant.
create view leads as
select
    "Lead Number" as lead_id,
    getvariable('imported_at') as created_at,
    getvariable('contacted_at') as updated_at,
    nullif("Country", 'unknown') as country,
    answered("City") as city,
    "Lead Source" as lead_source,
    "Lead Origin" as lead_origin,
    "Do Not Email" as do_not_email,
    "Do Not Call" as do_not_call,
    answered("Specialization") as specialization,
    answered("How did you hear about X Education") as heard_through,
    "What is your current occupation" as occupation,
    -- written by sales after contact
    "Tags" as tags,
    "Lead Quality" as lead_quality,
    answered("Lead Profile") as lead_profile,
    "Last Notable Activity" as last_notable_activity,
    "Asymmetrique Activity Index" as asymmetrique_activity_index,
    "Asymmetrique Profile Index" as asymmetrique_profile_index,
    "Asymmetrique Activity Score" as asymmetrique_activity_score,
    "Asymmetrique Profile Score" as asymmetrique_profile_score
from source_rows;

create view events as
with all_events as (
    select
        "Lead Number" as lead_id,
        'website_visited' as event_type,
        "TotalVisits" as quantity,
        null as activity
    from source_rows
    where "TotalVisits" <> '0'
    union all
    select
        "Lead Number" as lead_id,
        'website_time_spent' as event_type,
        "Total Time Spent on Website" as quantity,
        null as activity
    from source_rows
    where "Total Time Spent on Website" <> '0'
    union all
    select
        "Lead Number" as lead_id,
        'interview_guide_requested' as event_type,
        null as quantity,
        null as activity
    from source_rows
    where "A free copy of Mastering The Interview" = 'Yes'
    union all
    -- of unknown date: only the challenger scorecard looks at it
    select
        "Lead Number" as lead_id,
        'last_activity' as event_type,
        null as quantity,
        "Last Activity" as activity
    from source_rows
    where "Last Activity" is not null
)

select
    lead_id || '-' || event_type as event_id,
    lead_id,
    event_type,
    getvariable('imported_at') as occurred_at,
    quantity,
    activity
from all_events;

-- Leads that did not convert have no outcome: nothing says that they were given up.
create view outcomes as
select
    "Lead Number" as lead_id,
    'won' as outcome,
    getvariable('contacted_at') as occurred_at
from source_rows
where "Converted" = '1';
