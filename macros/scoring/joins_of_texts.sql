{#- The joins that put words to the strongest reasons of a moment, one for each place.
    In: names of the places; relations strongest_apart and texts in scope.
    Call: joins_of_texts(['up_1', 'down_1']). Out: joins of a select. -#}
{% macro joins_of_texts(places) -%}
    {%- for place in places %}
    left join texts as {{ place }} on strongest_apart.text_{{ place }} = {{ place }}.text_key
    {%- endfor %}
{%- endmacro %}
