-- What stages of deals and leads say, in the words of outcome_stages: a row for the stage's id or
-- label, else one for its state by the tool's own flags, else, where no flag tells that, one for
-- the name that the tool itself gives such a stage. Of a deal or a lead's status only changes
-- count, so that three open stages in a row are one opportunity.
with stages as (
    select * from {{ ref('stg_lead_scoring__entered_stages') }}
),

rows_of_tools as (
    {{ lead_scoring.rows_of_tools('outcome_stages') }}
),

ranked_names as (
    select
        tool,
        {{ lead_scoring.normalised('kind') }} as kind,
        {{ lead_scoring.normalised('stage') }} as stage,
        {{ lead_scoring.normalised('outcome') }} as outcome,
        row_number() over (
            partition by
                tool, {{ lead_scoring.normalised('kind') }}, {{ lead_scoring.normalised('stage') }}
            order by case when {{ lead_scoring.normalised('source') }} = '*' then 1 else 0 end
        ) as place
    from rows_of_tools
),

names as (
    select *
    from ranked_names
    where place = 1
),

named_stages as (
    select
        stages.*,
        case
            when of_stage.tool is not null then of_stage.outcome
            when of_label.tool is not null then of_label.outcome
            else of_state.outcome
        end as stage_outcome,
        coalesce(of_stage.tool, of_label.tool, of_state.tool) is not null as is_named
    from stages
    left join names as of_stage
        on
            stages.tool = of_stage.tool
            and stages.kind = of_stage.kind
            and {{ lead_scoring.normalised('stages.stage') }} = of_stage.stage
    left join names as of_label
        on
            stages.tool = of_label.tool
            and stages.kind = of_label.kind
            and {{ lead_scoring.normalised('stages.label') }} = of_label.stage
    left join names as of_state
        on
            stages.tool = of_state.tool
            and of_state.kind = case
                when stages.kind <> 'deal_stage' then stages.kind
                when stages.state is null then 'unflagged_stage'
                else 'deal_state'
            end
            and coalesce(stages.state, {{ lead_scoring.normalised('stages.stage') }})
            = of_state.stage
),

-- a deal that is open has a date too at which it is to be closed
timed_stages as (
    select
        *,
        case
            when stage_outcome in ('won', 'lost', 'rejected', 'disqualified')
                then coalesce(closed_at, occurred_at)
            else occurred_at
        end as told_at
    from named_stages
),

dated_stages as (
    select
        *,
        {{ lead_scoring.input_time_of('told_at') }} as entered_at
    from timed_stages
),

changes as (
    select
        *,
        lag(stage_outcome) over (
            partition by
                tool,
                item_id,
                case when put_aside is null and stage_outcome is not null then 1 else 0 end
            order by case when entered_at is null then 1 else 0 end, entered_at, stage
        ) as outcome_before
    from dated_stages
),

final as (
    select
        tool,
        tool || '-' || item_id || '-' || stage_outcome || '-' || coalesce(told_at, '')
            as outcome_id,
        lead_id,
        case
            when
                kind = 'deal_stage' and outcome_before in ('won', 'lost')
                and stage_outcome not in ('won', 'lost')
                then 'reopened'
            else stage_outcome
        end as outcome,
        told_at as occurred_at,
        amount,
        reason,
        owner,
        case
            when put_aside is not null then put_aside
            when not is_named then 'not in outcome_stages'
            when stage_outcome is null then 'left out by outcome_stages'
            when stage_outcome = outcome_before then 'no change'
        end as put_aside
    from changes
)

select * from final
