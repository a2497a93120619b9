select count(*) as leads
from {{ ref('public_sector_lead_scores') }}
having count(*) <> 1
