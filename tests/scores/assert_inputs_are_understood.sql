{#- Nobody is to see scores that come of a wrong mapping: see int_lead_scoring__input_faults. With
    severity warn, by the var lead_scoring_input_severity, they are published nevertheless. -#}
{{ config(
    group='lead_scoring',
    severity=var('lead_scoring_input_severity', 'error'),
) }}

select * from {{ ref('int_lead_scoring__input_faults') }}
