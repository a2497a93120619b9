select '{{ beside.normalised('ANN') }}' as lead_id
