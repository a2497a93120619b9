{#- A query taken apart into those CTEs that are long and read more than once, and the rest: it then
    reads tables of them. Queries are known by how this project writes them, each CTE between lines
    that begin with its name and end with a bracket; another one stays whole.
    In: a query, and the relation that is made of it. Call: ctes_apart(compiled_code, this).
    Out: tables, each a table beside that relation with its query, in the order in which they are
    made; rest, a query. -#}
{% macro ctes_apart(query, relation) -%}
    {%- set re = modules.re -%}
    {%- set apart = namespace(tables=[], end=0, is_known=true) -%}
    {%- set bodies, reads, lengths, uses = {}, {}, {}, {} -%}
    {%- for found in re.finditer('(?ms)^(?:with )?([a-z_0-9]+) as [(]\n(.*?)^[)],?$', query) -%}
        {%- set between = re.sub('--[^\n]*', '', query[apart.end:found.start()]) -%}
        {%- set apart.is_known = apart.is_known and not between.strip() -%}
        {%- set apart.end = found.end() -%}
        {%- do bodies.update({found[1]: found[2]}) -%}
    {%- endfor -%}
    {#- after the last one comes no comma -#}
    {%- if not bodies or not apart.is_known or query[apart.end - 1] != ')' -%}
        {{ return({'tables': [], 'rest': query}) }}
    {%- endif -%}
    {%- set last = query[apart.end:] -%}
    {%- for text in [last] + bodies.values() | list -%}
        {%- for name in lead_scoring.names_read(text) -%}
            {%- do uses.update({name: uses.get(name, 0) + 1}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- for name in bodies | list -%}
        {%- set named = lead_scoring.names_read(bodies[name]) -%}
        {%- set length = namespace(value=1 + bodies[name] | length // 1500) -%}
        {%- for each in named -%}
            {%- set length.value = length.value + lengths.get(each, 1) -%}
        {%- endfor -%}
        {%- do reads.update({name: named}) -%}
        {%- if length.value * (uses.get(name, 0) - 1) >= 12 and not loop.last -%}
            {%- set table = relation.incorporate(
                path={'identifier': relation.identifier ~ '__' ~ name}
            ) -%}
            {%- do apart.tables.append({
                'table': table,
                'query': lead_scoring.query_of_ctes(bodies, reads, 'select * from ' ~ name)
            }) -%}
            {%- do bodies.update({name: '    select * from ' ~ table ~ '\n'}) -%}
            {%- do reads.update({name: []}) -%}
            {%- set length.value = 1 -%}
        {%- endif -%}
        {%- do lengths.update({name: length.value}) -%}
    {%- endfor -%}
    {{ return({
        'tables': apart.tables,
        'rest': lead_scoring.query_of_ctes(bodies, reads, last)
    }) }}
{%- endmacro %}

{#- The names that a query reads from; a column may end in from, too.
    In: a query. Call: names_read('select a_from from b'). Out: a list of names. -#}
{% macro names_read(query) -%}
    {{ return(modules.re.findall('\\b(?:from|join)\\s+([a-z_0-9]+)', query)) }}
{%- endmacro %}

{#- A query with the CTEs that it needs.
    In: texts of CTEs and what each reads, by name; the query that reads them.
    Call: query_of_ctes({'a': 'select 1 as b'}, {'a': []}, 'select * from a'). Out: a query. -#}
{% macro query_of_ctes(bodies, reads, last) -%}
    {%- set needed = lead_scoring.names_read(last) -%}
    {%- set ctes = [] -%}
    {%- for name in reads | list | reverse if name in needed -%}
        {%- do needed.extend(reads[name]) -%}
        {%- do ctes.insert(0, name ~ ' as (\n' ~ bodies[name] ~ ')') -%}
    {%- endfor -%}
    {{ return('with ' ~ ctes | join(',\n\n') ~ '\n\n' ~ last.strip()) }}
{%- endmacro %}
