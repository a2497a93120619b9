-- A name that the package could have for a model of its own, and has not without its prefix.
select 'a model of the consumer' as lead_id
