{#- A model of this project as the run before left it, or as this run has built it already, without
    a dependency: what is kept between runs would else depend on itself.
    In: the model's name. Call: model_relation('int_lead_scoring__run_plan').
    Out: a relation; none where it is not there, while dbt only parses, and in unit tests. -#}
{% macro model_relation(name) %}
    {% if not execute or model.resource_type == 'unit_test' %}
        {{ return(none) }}
    {% endif %}
    {% set node = graph.nodes['model.lead_scoring.' ~ name] %}
    {{ return(adapter.get_relation(node.database, node.schema, node.alias)) }}
{% endmacro %}
