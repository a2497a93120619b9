-- A row here stops the run before anything is scored: tests of a model run before what depends on
-- it. The key tests of the seeds only warn, so that this one is reached and says which row and why.
select * from {{ ref('invalid_rules') }}
