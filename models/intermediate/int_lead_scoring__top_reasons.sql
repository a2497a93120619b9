{{ config(materialized='kept', meta={'scope': 'scores', 'replaces': 'moments'}) }}

{%- set places = ['up_1', 'up_2', 'up_3', 'down_1', 'down_2', 'down_3'] %}

with own_scorecards as (
    select * from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__moment_scorecards')) }}
    where is_own_scorecard
),

-- of equal points the reason whose id comes first is the stronger
texts as (
    select
        *,
        row_number() over (order by reason_id desc, rule_key) - 1 as text_key,
        count(*) over () as texts
    from {{ ref('int_lead_scoring__reason_texts') }}
),

-- one whole number for points and text, so that the strongest are found without sorting
strengths as (
    select
        reasons.moment_key,
        reasons.points > 0 as is_up,
        cast(abs(reasons.points) * 10000 as bigint)
        * coalesce(texts_of_rules.texts, texts_of_limits.texts)
        + coalesce(texts_of_rules.text_key, texts_of_limits.text_key) as strength
    from {{ lead_scoring.rows_to_score(ref('int_lead_scoring__reasons')) }} as reasons
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
    select
        moment_key,
        {{ lead_scoring.greatest_three('strength', 'is_up') }} as ups,
        {{ lead_scoring.greatest_three('strength', 'not is_up') }} as downs
    from strengths
    group by moment_key
),

numbers as (
    select max(texts) as texts from texts
),

strongest_apart as (
    select
        {%- for place in places %}
        {%- set strength = 'strongest.' ~ place.split('_')[0] ~ 's[' ~ place.split('_')[1] ~ ']' %}
        mod({{ strength }}, numbers.texts) as text_{{ place }},
        {{ lead_scoring.points_of_strength(strength, 'numbers.texts') }} as points_{{ place }},
        {%- endfor %}
        strongest.moment_key
    from strongest
    cross join numbers
),

final as (
    select
        {%- for place in places %}
        {%- set sign, direction = ('', ' (+') if 'up' in place else ('-', ' (') %}
        {%- set points = lead_scoring.points_in_words(sign ~ 'strongest_apart.points_' ~ place) %}
        {{ place }}.words || '{{ direction }}' || {{ points }} || ')' as reason_{{ place }},
        {%- endfor %}
        strongest_apart.moment_key
    from strongest_apart  -- noqa: LT02
    {{ lead_scoring.joins_of_texts(places) }}  -- noqa: LT02
)

select * from final
