{#-
Fails where several rows of `model` have the same values in `columns`. Missing values count as
equal, since a blank cell of a key is a value like any other.

Input: model, the relation under test; columns, a list of column names.
Call: `- unique_combination: {arguments: {columns: [rule_id, scorecard]}}`
Output: one row per combination that is not unique, with its number of rows.
-#}
{% test unique_combination(model, columns) %}

{%- set names = [] %}
{%- for column in columns %}{% do names.append(lead_scoring.rule_column(column)) %}{% endfor %}

select
    {{ names | join(',\n    ') }},
    count(*) as number_of_rows
from {{ model }}
group by {{ names | join(', ') }}
having count(*) > 1

{% endtest %}
