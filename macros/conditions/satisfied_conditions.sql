{#- A select of the values that satisfy conditions: condition_key, operator, attribute, value, and
    the days of as_of on which it holds (holds_from <= as_of_day < holds_until; only dates compared
    with as_of have bounds narrower than all days). A present value also "satisfies" is_empty here:
    whoever reads this takes the subjects that do not, see the callers.
    In: relation with subject, attribute and value (distinct, trimmed text).
    Call: satisfied_conditions('attribute_values'). Out: a select statement. -#}
{% macro satisfied_conditions(relation) -%}
    {%- set by_equality = "('equals', 'not_equals', 'in', 'not_in', 'in_list', 'not_in_list')" -%}
    {%- set negative = "('not_equals', 'not_in', 'not_in_list')" -%}
    {%- set days = 'cast(least(coalesce(low, 1000000), 1000000) as integer)' -%}
    with conditions as (
        select * from {{ ref('int_lead_scoring__conditions') }}
    ),

    attribute_types as (
        select distinct
            subject,
            attribute,
            type
        from conditions
    ),

    typed_values as (
        select
            attribute_values.subject,
            attribute_values.attribute,
            attribute_values.value,
            attribute_types.type,
            case when attribute_types.type = 'list' then attribute_values.value else '' end
                as list_text,
            case when attribute_types.type <> 'list' then attribute_values.value end as single_text
        from {{ relation }} as attribute_values
        inner join attribute_types
            on
                attribute_values.subject = attribute_types.subject
                and attribute_values.attribute = attribute_types.attribute
    ),

    split_values as (
        {{ lead_scoring.split_rows('typed_values', 'list_text', ';', 'list_entry') }}
    ),

    entry_texts as (
        select
            *,
            coalesce(single_text, {{ lead_scoring.trimmed('list_entry') }}) as entry_text
        from split_values
    ),

    entries as (
        select *
        from (
            select distinct
                subject,
                attribute,
                value,
                {{ lead_scoring.comparable('type', 'entry_text', is_input=true) }} as entry,
                {{ lead_scoring.words_of('entry_text') }} as entry_words,
                case type
                    when 'number' then {{ lead_scoring.input_number_of('entry_text') }}
                    when 'whole' then {{ lead_scoring.input_whole_of('entry_text') }}
                end as entry_number,
                case
                    when type = 'date' then {{ lead_scoring.day_of('entry_text', is_input=true) }}
                end as entry_day
            from entry_texts
        ) as typed_entries
        where entry is not null
    ),

    -- operators that do not fit the type never hold (0001, number 5); the days of as_of on which
    -- within_last_days and within_next_days hold are told below
    hits as (
        select
            conditions.condition_key,
            conditions.operator,
            entries.attribute,
            entries.value,
            conditions.low,
            entries.entry_day
        from entries
        inner join conditions
            on
                entries.subject = conditions.subject
                and entries.attribute = conditions.attribute
                and entries.entry = conditions.operand
        where conditions.operator in {{ by_equality }}
        union all
        select
            conditions.condition_key,
            conditions.operator,
            entries.attribute,
            entries.value,
            conditions.low,
            entries.entry_day
        from entries
        inner join conditions
            on entries.subject = conditions.subject and entries.attribute = conditions.attribute
        where
            conditions.operator not in {{ by_equality }}
            and case
                when conditions.operator in ('is_empty', 'is_not_empty') then true
                when conditions.type in ('text', 'list')
                    then case conditions.operator
                        when 'contains'
                            then {{ dbt.position('conditions.operand', 'entries.entry') }} > 0
                        when 'starts_with'
                            then left(entries.entry, length(conditions.operand))
                                = conditions.operand
                        when 'ends_with'
                            then right(entries.entry, length(conditions.operand))
                                = conditions.operand
                        when 'has_word'
                            then length(conditions.operand_words) > 2
                                and {{ dbt.position(
                                    'conditions.operand_words', 'entries.entry_words'
                                ) }} > 0
                    end
                when conditions.type in ('number', 'whole')
                    then case conditions.operator
                        when 'gte' then entries.entry_number >= conditions.low
                        when 'lte' then entries.entry_number <= conditions.high
                        when 'between'
                            then entries.entry_number between conditions.low and conditions.high
                    end
                when conditions.type = 'date'
                    then case conditions.operator
                        when 'gte' then entries.entry_day >= conditions.first_day
                        when 'lte' then entries.entry_day <= conditions.last_day
                        when 'between'
                            then entries.entry_day
                                between conditions.first_day and conditions.last_day
                        when 'within_last_days' then true
                        when 'within_next_days' then true
                    end
            end
    ),

    final as (
        select
            condition_key,
            operator,
            attribute,
            value,
            min(
                case operator
                    when 'within_last_days' then entry_day
                    when 'within_next_days'
                        then cast(
                            {{ lead_scoring.later('day', '1 - ' ~ days, 'entry_day') }} as date
                        )
                    else cast('0001-01-01' as date)
                end
            ) as holds_from,
            max(
                case operator
                    when 'within_last_days'
                        then cast({{ lead_scoring.later('day', days, 'entry_day') }} as date)
                    when 'within_next_days'
                        then cast({{ lead_scoring.later('day', '1', 'entry_day') }} as date)
                    else cast('9999-12-31' as date)
                end
            ) as holds_until
        from hits
        where operator not in {{ negative }}
        group by condition_key, operator, attribute, value
        union all
        select distinct
            conditions.condition_key,
            conditions.operator,
            entries.attribute,
            entries.value,
            cast('0001-01-01' as date) as holds_from,
            cast('9999-12-31' as date) as holds_until
        from entries
        inner join conditions
            on entries.subject = conditions.subject and entries.attribute = conditions.attribute
        left join hits
            on conditions.condition_key = hits.condition_key and entries.value = hits.value
        where conditions.operator in {{ negative }} and hits.condition_key is null
    )

    select * from final
{%- endmacro %}
