select
    lead_id,
    total_score
from {{ ref('lead_scores') }}
where temperature = 'hot'
