-- The moments at which X Education's leads are scored, and what was to be foretold. Runs after xeducation.sql.

create view labelled_leads as
select
    leads.lead_id,
    percent_rank() over (order by cast(leads.lead_id as integer)) as place,
    outcomes.lead_id is not null as label -- does the lead convert?
from leads
left join outcomes on leads.lead_id = outcomes.lead_id;

create view moments as
with purposes as (
    select
        unnest(['all leads', 'lowest 30 % of Lead Number', 'highest 30 % of Lead Number']) as purpose,
        unnest([0, 0, 0.7]) as from_place,
        unnest([1, 0.3, 1]) as to_place
)

select
    purposes.purpose,
    labelled_leads.lead_id,
    cast('2018-01-02' as date) as as_of, -- after the import, before sales wrote anything
    labelled_leads.label
from labelled_leads
inner join purposes on labelled_leads.place between purposes.from_place and purposes.to_place;
