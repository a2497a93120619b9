{#- The columns that an input table really has, lower-cased name -> column, in the order of their
    names; those that hold structures are set aside, and can be asked for.
    In: table; whether those set aside are meant. Call: input_columns('events').keys().
    Out: a dictionary; empty while dbt only parses, for a table that is not there, and for the
    linter, who sees the contract's columns with nothing behind them. -#}
{% macro input_columns(table, set_aside=false) %}
    {% set relation = lead_scoring.input_relation(table) %}
    {% set found = {} %}
    {% if execute and lead_scoring.is_connected(table) %}
        {#- views upon views: to ask the engine what is known takes longer than to read them -#}
        {% for name in lead_scoring.connected_contract(table) | sort if not set_aside %}
            {% do found.update({name: api.Column(name, lead_scoring.type_name('text'))}) %}
        {% endfor %}
    {% elif execute and relation is not none and not lead_scoring.is_linted() %}
        {% for column in lead_scoring.relation_columns(relation) | sort(attribute='name') %}
            {% if (lead_scoring.column_kind(column) == 'structure') == set_aside %}
                {% do found.update({column.name | lower | trim: column}) %}
            {% endif %}
        {% endfor %}
    {% endif %}
    {{ return(found) }}
{% endmacro %}
