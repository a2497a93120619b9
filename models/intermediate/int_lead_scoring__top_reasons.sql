with own_scores as (
    select
        moment_key,
        scorecard
    from {{ ref('int_lead_scoring__scores') }}
    where is_own_scorecard
),

reasons as (
    select
        reasons_in_words.moment_key,
        reasons_in_words.points > 0 as is_up,
        reasons_in_words.reason
        || case when reasons_in_words.points > 0 then ' (+' else ' (' end
        || {{ lead_scoring.points_in_words('reasons_in_words.points') }} || ')' as words,
        row_number() over (
            partition by reasons_in_words.moment_key, reasons_in_words.points > 0
            order by abs(reasons_in_words.points) desc, reasons_in_words.rule_id
        ) as place
    from {{ ref('int_lead_scoring__reasons_in_words') }} as reasons_in_words
    inner join own_scores
        on
            reasons_in_words.moment_key = own_scores.moment_key
            and reasons_in_words.scorecard = own_scores.scorecard
),

final as (
    select
        moment_key,
        {%- for direction in ['up', 'down'] %}
        {%- for place in [1, 2, 3] %}
        max(case when {{ '' if direction == 'up' else 'not ' }}is_up and place = {{ place }} then words end)
            as reason_{{ direction }}_{{ place }}{{ ',' if not (loop.last and direction == 'down') }}
        {%- endfor %}
        {%- endfor %}
    from reasons
    where place <= 3
    group by moment_key
)

select * from final
