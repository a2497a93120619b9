{#- What an inactivity rule takes after so many days without activity (contract, section 4:
    inactivity), where it applies: where the days are at least its after_days.
    In: an expression of whole days; the rule is the relation rules. Call: penalty('activity.gap').
    Out: a decimal expression. -#}
{% macro penalty(gap) -%}
cast(
    rules.points * least(
        coalesce(rules.max_times, 999999999),
        1 + coalesce(
            cast(
                floor(
                    ({{ gap }} - rules.after_days)
                    / cast(rules.every_days as {{ lead_scoring.type_name('double') }})
                ) as integer
            ),
            0
        )
    ) as decimal(18, 4)
)
{%- endmacro %}
