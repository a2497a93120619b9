{#- The band that a score stands in, in words: ten points wide, the last one from 90 to 100; below 0
    stands for disqualified.
    In: an expression of a whole number. Call: band_of('ranking_score'). Out: a text expression. -#}
{% macro band_of(score) -%}
    case
        when {{ score }} < 0 then 'disqualified'
        {%- for low in range(0, 90, 10) %}
        when {{ score }} < {{ low + 10 }} then '{{ low }} to {{ low + 9 }}'
        {%- endfor %}
        else '90 to 100'
    end
{%- endmacro %}
