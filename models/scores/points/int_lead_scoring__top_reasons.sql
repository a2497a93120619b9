-- The three strongest reasons up and down of each lead's own scorecard, in words (contract, section
-- 5).
{%- set places = ['up_1', 'up_2', 'up_3', 'down_1', 'down_2', 'down_3'] %}

with own_scorecards as (
    select * from {{ ref('int_lead_scoring__moment_scorecards') }}
    where is_own_scorecard
),

-- of equal points the reason whose id comes first is the stronger
texts as (
    select
        *,
        row_number() over (order by reason_id desc, rule_key) - 1 as text_key,
        count(*) over (partition by 1) as text_count
    from {{ ref('int_lead_scoring__reason_texts') }}
),

-- one whole number for points and text, so that the strongest are found without sorting
strengths as (
    select
        reasons.moment_key,
        reasons.points > 0 as is_up,
        cast(abs(reasons.points) * 10000 as bigint)
        * coalesce(texts_of_rules.text_count, texts_of_limits.text_count)
        + coalesce(texts_of_rules.text_key, texts_of_limits.text_key) as strength
    from {{ ref('int_lead_scoring__reasons') }} as reasons
    inner join own_scorecards
        on
            reasons.moment_key = own_scorecards.moment_key
            and reasons.scorecard = own_scorecards.scorecard
    left join texts as texts_of_rules on reasons.rule_key = texts_of_rules.rule_key
    left join texts as texts_of_limits
        on
            case when reasons.rule_key is null then reasons.signal end
            = texts_of_limits.limited_signal
    where reasons.points <> 0
),

strongest as (
    {{ lead_scoring.greatest_three('strengths', 'moment_key', 'is_up', 'strength') }}
),

counted_texts as (
    select max(text_count) as text_count from texts
),

strongest_with_number as (
    select
        strongest.*,
        counted_texts.text_count
    from strongest
    cross join counted_texts
),

-- the strength without the text's own number is a whole multiple of the number of texts
points_and_texts as (
    select
        {%- for place in places %}
        mod(strength_{{ place }}, text_count) as text_{{ place }},
        cast(
            cast(
                (strength_{{ place }} - mod(strength_{{ place }}, text_count)) / text_count
                as bigint
            ) * {{ '' if 'up' in place else '-' }}0.0001 as decimal(18, 4)
        ) as points_{{ place }},
        {%- endfor %}
        moment_key
    from strongest_with_number
),

final as (
    select
        {%- for place in places %}
        {{ place }}.words || ' ({{ '+' if 'up' in place }}'
        || {{ lead_scoring.points_in_words('points_and_texts.points_' ~ place) }} || ')'
            as reason_{{ place }},
        {%- endfor %}
        points_and_texts.moment_key
    from points_and_texts
    left join texts as up_1 on points_and_texts.text_up_1 = up_1.text_key
    left join texts as up_2 on points_and_texts.text_up_2 = up_2.text_key
    left join texts as up_3 on points_and_texts.text_up_3 = up_3.text_key
    left join texts as down_1 on points_and_texts.text_down_1 = down_1.text_key
    left join texts as down_2 on points_and_texts.text_down_2 = down_2.text_key
    left join texts as down_3 on points_and_texts.text_down_3 = down_3.text_key
)

select * from final
