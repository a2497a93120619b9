-- Moments at which Udacity's leads are scored, and what was to be foretold. Runs after udacity.sql.
--
-- A day is known from the next midnight on: as_of is the midnight that ends the last day that the score may know.

create view recorded_days as
select
    leads.lead_id,
    min(daily_engagement.active_on) as first_recorded_on
from leads
inner join daily_engagement on leads.lead_id = daily_engagement.account_key
group by leads.lead_id;

create view weeks as
select
    recorded_days.lead_id,
    recorded_days.first_recorded_on + cast(7 * week as integer) as last_known_day
from recorded_days
cross join range(0, 45) as weeks (week);

-- Every seven days from the first recorded day on, as long as the lead is open and 14 days are left to look ahead.
create view weekly_moments as
select
    weeks.lead_id,
    weeks.last_known_day + 1 as as_of,
    -- does the lead open a course in the next 14 days?
    coalesce(bool_or(daily_engagement.courses_visited > 0), false) as label
from weeks
left join outcomes on weeks.lead_id = outcomes.lead_id
left join daily_engagement
    on
        weeks.lead_id = daily_engagement.account_key
        and daily_engagement.active_on between weeks.last_known_day + 1 and weeks.last_known_day + 14
where
    weeks.last_known_day + 14 <= (select max(active_on) from daily_engagement)
    and (outcomes.occurred_at is null or outcomes.occurred_at > weeks.last_known_day)
group by weeks.lead_id, weeks.last_known_day;

create view labelled_leads as
select
    leads.lead_id,
    leads.created_at + 7 as end_of_first_week,
    outcomes.occurred_at is null or outcomes.loaded_at > leads.created_at + 7 as is_open_then,
    coalesce(outcomes.outcome = 'won', false) as label -- does the lead ever pass the first project?
from leads
left join outcomes on leads.lead_id = outcomes.lead_id;

create view moments as
select
    'weekly' as purpose,
    lead_id,
    as_of,
    label
from weekly_moments
union all
select
    'first seven days, all leads' as purpose,
    lead_id,
    end_of_first_week as as_of,
    label
from labelled_leads
union all
select
    'first seven days, leads still open' as purpose,
    lead_id,
    end_of_first_week as as_of,
    label
from labelled_leads
where is_open_then
union all
-- the trap: by then the answer is in the events
select
    'end of the data, all leads' as purpose,
    lead_id,
    (select max(loaded_at) from events) as as_of,
    label
from labelled_leads;
