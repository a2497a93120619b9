-- A row here stops the run before anything is scored: tests of a model run before what depends on it.
select * from {{ ref('invalid_rules') }}
