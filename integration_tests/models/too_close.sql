-- Private models of the package are refused; enabled by a test alone.
{{ config(enabled=var('too_close', false)) }}

select * from {{ ref('int_lead_scoring__reasons') }}
