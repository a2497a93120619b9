{#- What to do with a rule, in one word. Raise and lower mean more and fewer points, and are said
    only where the points in use lie outside of the 95 % interval of the evidence; drop only where
    there is enough of it.
    In: the columns of rules_with_harm of rule_evidence in scope. Call: verdict_on_rule().
    Out: a text expression. -#}
{% macro verdict_on_rule() -%}
    case
        when is_refused then 'refused'
        when is_dead then 'dead'
        when is_harmful then 'harmful'
        when suggested_points is null then 'unknown'
        when
            confidence = 'enough' and information_value < 0.02
            and weight_low <= 0 and weight_high >= 0
            then case when current_points = 0 then 'keep' else 'drop' end
        when
            suggested_points > current_points
            and weight_low > current_weight
            then 'raise'
        when
            suggested_points < current_points
            and weight_high < current_weight
            then 'lower'
        else 'keep'
    end
{%- endmacro %}
