{#- A select of what changed between two lists of reasons, in words: row_id and reasons_changed,
    the five strongest changes with the points before and after ('Pricing page visit +10 -> +8.7').
    In: a relation with row_id, reasons and reasons_before, each a text of lines 'points words_key'
    or null. Call: changed_reasons('changes'). Out: a select statement; rows without a change that
    shows are left out. -#}
{% macro changed_reasons(relation) -%}
    {%- set newline = '\n' -%}
    with later_rows as (
        select * from {{ relation }}
        where reasons_before is not null
    ),

    lines_after as (
        {{ lead_scoring.split_rows('later_rows', 'reasons', newline, 'reason_line') }}
    ),

    lines_before as (
        {{ lead_scoring.split_rows('later_rows', 'reasons_before', newline, 'reason_line') }}
    ),

    every_line as (
        select
            row_id,
            reason_line,
            0 as share_before,
            1 as share_after
        from lines_after
        union all
        select
            row_id,
            reason_line,
            1 as share_before,
            0 as share_after
        from lines_before
    ),

    every_reason as (
        select
            row_id,
            share_before,
            share_after,
            cast({{ dbt.split_part('reason_line', "' '", 2) }} as integer) as words_key,
            cast({{ dbt.split_part('reason_line', "' '", 1) }} as decimal(18, 4)) as points
        from every_line
        where reason_line <> ''
    ),

    points_of_reasons as (
        select
            every_reason.row_id,
            reason_words.words,
            sum(every_reason.points * every_reason.share_before) as points_before,
            sum(every_reason.points * every_reason.share_after) as points_after
        from every_reason
        inner join {{ ref('int_lead_scoring__reason_words') }} as reason_words
            on every_reason.words_key = reason_words.words_key
        group by every_reason.row_id, reason_words.words
    ),

    changes_in_words as (
        select
            row_id,
            words,
            points_before,
            points_after,
            abs(points_after - points_before) as difference,
            {%- for time in ['before', 'after'] %}
            case when points_{{ time }} > 0 then '+' else '' end
            || {{ lead_scoring.points_in_words('points_' ~ time) }} as {{ time }}
            {{- ',' if not loop.last }}
            {%- endfor %}
        from points_of_reasons
    ),

    strongest_changes as (
        select
            *,
            row_number() over (partition by row_id order by difference desc, words) as place
        from changes_in_words
        where round(points_before, 1) <> round(points_after, 1)
    )

    select
        row_id,
        {{ dbt.listagg(
            "words || ' ' || before || ' -> ' || after", "'; '", 'order by place'
        ) }} as reasons_changed
    from strongest_changes
    where place <= 5
    group by row_id
{%- endmacro %}
