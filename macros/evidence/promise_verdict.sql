{#- Whether what was foretold came, in words: it promises too much, or too little, where what came
    is off by more than a quarter of what was foretold and by more than chance would do in one case
    of a hundred; unknown below 30 leads, and where fewer than 5 were foretold and came.
    In: expressions of known leads, conversions, expected conversions and their variance.
    Call: promise_verdict('leads', 'conversions', 'expected', 'variance').
    Out: a text expression. -#}
{% macro promise_verdict(leads, conversions, expected, variance) -%}
    case
        when {{ leads }} < 30 then 'unknown: fewer than 30 leads with a known outcome'
        when greatest({{ conversions }}, {{ expected }}) < 5
            then 'unknown: fewer than 5 conversions'
        when
            abs({{ conversions }} - {{ expected }}) <= 0.25 * {{ expected }}
            or abs({{ conversions }} - {{ expected }})
            <= {{ lead_scoring.normal_quantile(99) }} * sqrt({{ variance }})
            then 'holds'
        when {{ conversions }} < {{ expected }} then 'promises too much'
        else 'promises too little'
    end
{%- endmacro %}
