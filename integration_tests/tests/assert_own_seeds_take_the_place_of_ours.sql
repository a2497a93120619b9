select rule_id from {{ ref('lead_scoring__inactivity_rules') }}
where rule_id <> 'never_mind'
