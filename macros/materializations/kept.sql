{#- A table that is kept between runs. Where the run recomputes all of its scope
    (int_lead_scoring__run_plan says so), and wherever there is no table yet, it is a plain table.
    Else the rows that the run replaces are taken out and those that the model selects put in, in
    one transaction.
    Settings, in meta: scope (events, leads, scores or comparisons), replaces (see replaced_rows),
    run_columns (columns with one value in all rows, and the one-row model that has this run's). -#}
{% materialization kept, default %}
    {%- set kept = load_cached_relation(this) -%}
    {%- set settings = config.get('meta') -%}
    {%- if kept is none or not kept.is_table or lead_scoring.recomputes_all(settings.scope) -%}
        {{ return(lead_scoring.rebuilt_table()) }}
    {%- endif -%}
    {%- set new_rows = make_temp_relation(this).incorporate(type='table') -%}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {% call statement('new_rows') -%}
        {{ get_create_table_as_sql(True, new_rows, compiled_code) }}
    {%- endcall %}
    {%- set columns = get_quoted_csv(
        adapter.get_columns_in_relation(kept) | map(attribute='name')
    ) -%}
    {% call statement('replaced_rows') -%}
        delete from {{ kept }} as kept_rows
        where {{ lead_scoring.replaced_rows(settings.replaces) }}
    {%- endcall %}
    {% call statement('main') -%}
        insert into {{ kept }} ({{ columns }})
        select {{ columns }} from {{ new_rows }}
    {%- endcall %}
    {%- for column, model_name in settings.get('run_columns', {}).items() %}
    {%- set value = '(select ' ~ column ~ ' from '
        ~ lead_scoring.model_relation(model_name) ~ ')' %}
    {% call statement('run_column_' ~ column) -%}
        update {{ kept }} set {{ column }} = {{ value }}
        where {{ column }} is distinct from {{ value }}
    {%- endcall %}
    {%- endfor %}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {% do apply_grants(kept, config.get('grants'), should_revoke=True) %}
    {% do persist_docs(kept, model) %}
    {{ adapter.commit() }}
    {% do adapter.drop_relation(new_rows) %}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [kept]}) }}
{% endmaterialization %}
