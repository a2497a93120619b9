{#- Whether a lead is held out: in the share of leads that routing leaves alone, so that one sees
    what becomes of leads that nobody was sent to (var lead_scoring_holdout_percent, 0). Which leads
    these are depends on their ids alone; a larger share holds those of a smaller one.
    In: an expression of lead_id. Call: is_held_out('lead_id'). Out: a condition. -#}
{% macro is_held_out(lead_id) -%}
    {%- set percent = var('lead_scoring_holdout_percent', 0) | float -%}
    {%- if percent == 0 -%}
        1 = 0
    {%- else -%}
        {%- set hexadecimal = lead_scoring.text_hash("'held out ' || " ~ lead_id) -%}
        {%- set parts = [] -%}
        {%- for place in range(1, 5) -%}
            {%- set digit = 'substr(' ~ hexadecimal ~ ', ' ~ place ~ ', 1)' -%}
            {%- do parts.append(
                '(' ~ dbt.position(digit, "'0123456789abcdef'") ~ ' - 1) * ' ~ 16 ** (4 - place)
            ) -%}
        {%- endfor -%}
        {{ parts | join(' + ') }} < {{ (percent * 655.36) | round | int }}
    {%- endif -%}
{%- endmacro %}
