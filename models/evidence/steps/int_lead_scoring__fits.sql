{#- what `lead-scoring suggest` writes into the note of a scorecard whose points it fitted -#}
{%- set opening = 'Fitted to leads created until ' -%}

with scorecards as (
    select
        {{ lead_scoring.normalised('scorecard') }} as scorecard,
        note
    from {{ ref('lead_scoring__scorecards') }}
),

final as (
    select
        -- ids
        scorecard,
        -- strings
        substr(note, {{ opening | length + 22 }}) as fit_words,
        -- times
        cast(substr(note, {{ opening | length + 1 }}, 19) as timestamp) as fitted_until
    from scorecards
    where {{ lead_scoring.matches_pattern(
        'note',
        '^' ~ opening ~ '[0-9]{4}-[01][0-9]-[0-3][0-9] [0-2][0-9]:[0-5][0-9]:[0-5][0-9]: '
    ) }}
)

select * from final
