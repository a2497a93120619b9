-- A table of the segment that this project has added.
{{ lead_scoring.lead_scores_of_segment('public_sector') }}
