{#- The decay factor of a curve at x days, a decimal with twelve places (contract, section 4: the
    table of methods).
    In: a relation in scope with the columns of decay_curves, an expression of whole days x >= 0.
    Call: decay_factor('curves', 'days.x').
    Out: a decimal expression. Doubles are safe in here: their error, 1e-16, is far below the
    twelfth decimal, and nothing is summed. -#}
{% macro decay_factor(curve, x) -%}
    {%- set late = 'greatest(0, ' ~ x ~ ' - coalesce(' ~ curve ~ '.grace_days, 0))' -%}
    {%- set length_in_days = 'cast(' ~ curve ~ '.days as double precision)' -%}
    {%- set steps = 'floor(' ~ late ~ ' / ' ~ length_in_days ~ ')' -%}
    {%- set share = 'cast(coalesce(' ~ curve ~ '.percent, 0) as double precision) / 100' -%}
    {%- set floor = 'cast(coalesce(' ~ curve ~ '.floor_percent, 0) as double precision) / 100' -%}
    {{ lead_scoring.rounded_factor(
        'case'
        ~ ' when ' ~ x ~ ' >= ' ~ curve ~ '.expire_days then 0.0'
        ~ ' else greatest(' ~ floor ~ ', case ' ~ curve ~ '.method'
        ~ " when 'none' then 1.0"
        ~ " when 'window' then case when " ~ x ~ ' < ' ~ curve ~ '.days then 1.0 else 0.0 end'
        ~ " when 'linear' then greatest(0.0, 1 - " ~ late ~ ' / ' ~ length_in_days ~ ')'
        ~ " when 'step_linear' then greatest(0.0, 1 - " ~ share ~ ' * ' ~ steps ~ ')'
        ~ " when 'step_compound' then case when " ~ steps ~ ' = 0 then 1.0'
        ~ ' else power(1 - ' ~ share ~ ', ' ~ steps ~ ') end'
        ~ " when 'half_life'"
        ~ ' then power(cast(2 as double precision), - ' ~ late ~ ' / ' ~ length_in_days ~ ')'
        ~ ' end) end'
    ) }}
{%- endmacro %}
