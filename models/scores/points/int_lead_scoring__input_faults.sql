-- What holds a run back: a table of which too many rows are quarantined, a column of which too
-- many values cannot be read as the type that a rule needs (contract, section 2: held back). Nobody
-- is to see a score that comes of a wrong mapping.
{%- set limits = {
    'quarantined_percent': 5, 'quarantined_rows': 50,
    'unreadable_percent': 20, 'unreadable_values': 50,
    'most_percent': 50, 'most': 2,
} %}
{%- do limits.update(var('lead_scoring_hold_back', {})) %}

with quarantined_rows as (
    select
        input_table,
        cast(null as {{ dbt.type_string() }}) as column_name,
        sum(case when fate = 'quarantined' then rows else 0 end) as faulty,
        sum(rows) as total
    from {{ ref('int_lead_scoring__input_counts') }}
    group by input_table
),

unreadable_values as (
    select distinct
        typed_columns.input_table,
        typed_columns.column_name,
        typed_columns.unreadable as faulty,
        typed_columns.filled as total
    from {{ ref('int_lead_scoring__unreadable_values') }} as typed_columns
    inner join {{ ref('int_lead_scoring__rule_conditions') }} as rule_conditions
        on
            typed_columns.column_name = rule_conditions.attribute
            and typed_columns.input_table
            = case rule_conditions.of when 'event' then 'events' else 'leads' end
    where rule_conditions.rule_key is not null or rule_conditions.audience_of is not null
),

final as (
    select
        input_table,
        column_name,
        faulty,
        total,
        {{ lead_scoring.ratio('faulty', 'total') }} as share
    from quarantined_rows
    where
        (
            faulty * 100 > total * {{ limits.quarantined_percent }}
            and faulty > {{ limits.quarantined_rows }}
        )
        or (faulty * 100 > total * {{ limits.most_percent }} and faulty > {{ limits.most }})
    union all
    select
        input_table,
        column_name,
        faulty,
        total,
        {{ lead_scoring.ratio('faulty', 'total') }} as share
    from unreadable_values
    where
        (
            faulty * 100 > total * {{ limits.unreadable_percent }}
            and faulty > {{ limits.unreadable_values }}
        )
        or (faulty * 100 > total * {{ limits.most_percent }} and faulty > {{ limits.most }})
)

select * from final
