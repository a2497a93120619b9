{#-
Fails for rows of `model` that do not satisfy all of `conditions`; a condition that cannot be
decided, of a missing value, does not hold. Views have it in place of the constraints of a table.

Input: model, the relation under test; conditions, a list of SQL conditions on its columns.
Call: `- always_true: {arguments: {conditions: [lead_id is not null, score <= 100]}}`
Output: the rows that fail.
-#}
{% test always_true(model, conditions) %}

select *
from {{ model }}
where
    {%- for condition in conditions %}
    {{ 'or ' if not loop.first }}not coalesce({{ condition }}, false)
    {%- endfor %}

{% endtest %}
