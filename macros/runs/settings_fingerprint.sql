{#- One text for everything that decides what the kept tables hold, rules and rows of the input
    aside: the project's variables, the columns of the input, the version of the database and the
    text of the models. Macros have no checksum: whoever changes one runs with --full-refresh.
    Call: settings_fingerprint(). Out: text, for Jinja. -#}
{% macro settings_fingerprint() %}
    {% set parts = [lead_scoring.database_version()] %}
    {% for name in [
        'time_zone', 'bot_burst_seconds', 'bot_burst_targets', 'moments', 'active_days',
        'evidence',
    ] %}
        {% do parts.append(name ~ '=' ~ var('lead_scoring_' ~ name, '')) %}
    {% endfor %}
    {% for table in ['leads', 'events', 'outcomes', 'lead_merges'] %}
        {% set columns = lead_scoring.input_columns(table) %}
        {% for name in columns | sort %}
            {% do parts.append(table ~ '.' ~ name ~ ' ' ~ columns[name].data_type) %}
        {% endfor %}
    {% endfor %}
    {% if execute %}
        {% for id in graph.nodes | sort if id.startswith('model.lead_scoring.') %}
            {% do parts.append(id ~ ' ' ~ graph.nodes[id].checksum.checksum) %}
        {% endfor %}
    {% endif %}
    {{ return(local_md5(parts | join('\n'))) }}
{% endmacro %}
