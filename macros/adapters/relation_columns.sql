{#- The columns of a relation, as the adapter has them: a name, and the engine's name of a type.
    In: a relation. Call: relation_columns(input_relation('leads')). Out: a list of columns. -#}
{% macro relation_columns(relation) %}
    {{ return(adapter.dispatch('relation_columns', 'lead_scoring')(relation)) }}
{% endmacro %}

{% macro default__relation_columns(relation) %}
    {{ return(adapter.get_column_schema_from_query('select * from ' ~ relation)) }}
{% endmacro %}

{#- Its adapter makes of a structure a column for each field, which cannot be asked for. -#}
{% macro duckdb__relation_columns(relation) %}
    {% set columns = [] %}
    {% for row in run_query('describe select * from ' ~ relation).rows %}
        {#- its own reading of fields fails where they have no names -#}
        {% do columns.append(
            api.Column(row[0], 'STRUCT' if row[1].startswith('STRUCT') else row[1])
        ) %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}

{#- By a Thrift server its adapter has names of types that are none of SQL's: TIMESTAMP_TYPE. -#}
{% macro spark__relation_columns(relation) %}
    {{ return(lead_scoring.duckdb__relation_columns(relation)) }}
{% endmacro %}
