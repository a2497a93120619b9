{{ config(materialized='view') }}

{{ lead_scoring.lead_scores_of_segment('small_business') }}
