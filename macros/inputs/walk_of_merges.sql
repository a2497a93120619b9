{#- The end of a select that follows merges step by step, from merge_1, the merge of each lead, to
    the last step: joins, since a recursive query is too slow on Spark, where it takes other words
    too. Whoever was merged more often in a row is found by
    assert_merges_are_followed_to_their_end.
    In: a relation with lead_hash and merged_into_hash; a condition that ends a walk, on a step of
    it (merge_1), or none.
    Call: walk_of_merges('merges', 'merge_1.is_in_circle'). Out: from and joins. -#}
{% macro walk_of_merges(relation, end=none) -%}
    from {{ relation }} as merge_1
    {%- for step in range(2, lead_scoring.steps_of_merges() + 1) %}
    left join {{ relation }} as merge_{{ step }}
        on
            merge_{{ step - 1 }}.merged_into_hash = merge_{{ step }}.lead_hash
            {%- if end %}
            and not {{ end | replace('merge_1', 'merge_' ~ step) }}
            {%- endif %}
    {%- endfor %}
{%- endmacro %}
