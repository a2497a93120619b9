{%- set references = [
    ('audiences', 'scorecard', 'scorecards'),
    ('fit_rules', 'signal', 'signals'),
    ('engagement_rules', 'signal', 'signals'),
    ('engagement_rules', 'decay', 'decay_curves'),
    ('fit_rules', 'scorecard', 'scorecards'),
    ('engagement_rules', 'scorecard', 'scorecards'),
    ('inactivity_rules', 'scorecard', 'scorecards'),
    ('rule_conditions', 'scorecard', 'scorecards'),
    ('thresholds', 'scorecard', 'scorecards'),
    ('routing_rules', 'scorecard', 'scorecards'),
    ('buying_roles', 'scorecard', 'scorecards'),
    ('predictions', 'scorecard', 'scorecards'),
    ('prediction_features', 'prediction', 'predictions'),
    ('prediction_features', 'decay', 'decay_curves'),
    ('prediction_bins', 'prediction', 'predictions'),
    ('prediction_calibration', 'prediction', 'predictions'),
] -%}
{%- set dimensions = {'fit_rules': 'fit', 'engagement_rules': 'engagement'} -%}

-- Rule rows that name what is not there, or what is of another dimension (contract, section 3: what
-- a table may hold).
with event_types_of_rules as (
    {%- for seed in ['engagement_rules', 'rule_conditions', 'prediction_features'] %}
    select distinct
        '{{ seed }}' as seed,
        {{ lead_scoring.rule_row_key(seed) }} as row_key,
        event_type
    from {{ ref('lead_scoring__' ~ seed) }}
    where {{ lead_scoring.normalised('event_type') }} is not null
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- a rule may name several event types
parts_of_event_types as (
    {{ lead_scoring.split_rows('event_types_of_rules', 'event_type', '|', 'part') }}
),

named_event_types as (
    select
        seed,
        row_key,
        event_type,
        {{ lead_scoring.normalised('part') }} as named_event_type,
        count(*) as times
    from parts_of_event_types
    group by seed, row_key, event_type, {{ lead_scoring.normalised('part') }}
),

event_types as (
    select distinct {{ lead_scoring.normalised('event_type') }} as event_type
    from {{ ref('lead_scoring__event_types') }}
),

wrong_event_types as (
    select distinct
        named.seed,
        named.row_key,
        'event_type' as column_name,
        named.event_type as value,
        case
            when named.named_event_type is null
                then 'names no event type beside a |: remove the |'
            when event_types.event_type is null
                then 'is not in event_types: add it there or correct the name'
            else 'names an event type twice: remove one'
        end as problem
    from named_event_types as named
    left join event_types on named.named_event_type = event_types.event_type
    where event_types.event_type is null or named.times > 1
),

broken_references as (
    {%- for seed, column, target in references %}
    select
        '{{ seed }}' as seed,
        {{ lead_scoring.rule_row_key(seed) }} as row_key,
        '{{ column }}' as column_name,
        {{ column }} as value,
        'is not in {{ target }}: add it there or correct the name' as problem
    from {{ ref('lead_scoring__' ~ seed) }} as referring
    where
        {%- if column == 'decay' or seed == 'audiences' %}
        {{ lead_scoring.normalised(column) }} is not null
        and
        {%- elif column == 'scorecard' %}
        coalesce({{ lead_scoring.normalised(column) }}, '') <> '*'
        and
        {%- endif %}
        not exists (
            select 1
            from {{ ref('lead_scoring__' ~ target) }} as named
            where
                {{ lead_scoring.normalised('named.' ~ column) }}
                = {{ lead_scoring.normalised('referring.' ~ column) }}
        )
    union all
    {%- endfor %}
    select
        'rule_conditions' as seed,
        {{ lead_scoring.rule_row_key('rule_conditions') }} as row_key,
        'rule_id' as column_name,
        rule_id as value,
        'no rule has this rule_id and scorecard' as problem
    from {{ ref('lead_scoring__rule_conditions') }} as referring
    where
        not exists (
            select 1
            from {{ ref('int_lead_scoring__rules') }} as rules
            where
                {{ lead_scoring.gives_points('rules.kind') }}
                and rules.rule_id = {{ lead_scoring.normalised('referring.rule_id') }}
                and rules.scorecard = {{ lead_scoring.normalised('referring.scorecard') }}
        )
),

signals_of_the_other_dimension as (
    {%- for seed, dimension in dimensions.items() %}
    select
        '{{ seed }}' as seed,
        rules.rule_id || ', ' || rules.scorecard as row_key,
        'signal' as column_name,
        signals.signal as value,
        'is a signal of ' || signals.dimension
        || ', not of {{ dimension }}: a signal has rules of its own dimension only' as problem
    from {{ ref('lead_scoring__' ~ seed) }} as rules
    inner join {{ ref('lead_scoring__signals') }} as signals
        on
            {{ lead_scoring.normalised('rules.signal') }}
            = {{ lead_scoring.normalised('signals.signal') }}
    where {{ lead_scoring.normalised('signals.dimension') }} <> '{{ dimension }}'
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- a scorecard's own labels, or those for all; a row for all may name a label of any
wrong_stages as (
    select
        'routing_rules' as seed,
        {{ lead_scoring.rule_row_key('routing_rules') }} as row_key,
        'stage' as column_name,
        referring.stage as value,
        'is no label of the ladder stage in thresholds: add it there or correct the name'
            as problem
    from {{ ref('lead_scoring__routing_rules') }} as referring
    where
        {{ lead_scoring.normalised('referring.stage') }} is not null
        and not exists (
            select 1
            from {{ ref('lead_scoring__thresholds') }} as named
            where
                {{ lead_scoring.normalised('named.ladder') }} = 'stage'
                and {{ lead_scoring.normalised('named.label') }}
                = {{ lead_scoring.normalised('referring.stage') }}
                and (
                    {{ lead_scoring.normalised('referring.scorecard') }} = '*'
                    or {{ lead_scoring.normalised('named.scorecard') }}
                    in ('*', {{ lead_scoring.normalised('referring.scorecard') }})
                )
        )
),

final as (
    select * from broken_references
    union all
    select * from wrong_stages
    union all
    select * from wrong_event_types
    union all
    select * from signals_of_the_other_dimension
)

select * from final
