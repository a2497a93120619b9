-- Nobody's own: a desk's, or a kiosk's.
select distinct {{ lead_scoring.normalised('entry') }} as shared_user
from {{ ref('lead_scoring__lists') }}
where {{ lead_scoring.normalised('list') }} = 'shared_user'
