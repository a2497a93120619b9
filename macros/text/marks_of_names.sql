{#- A select of the spam marks of each distinct name (decision 17): full_name, has_odd_capitals,
    has_keyboard_run (it contains an entry of the list keyboard_run), has_digits.
    In: a relation with full_name. Call: marks_of_names('lead_rows'). Out: a select statement. -#}
{% macro marks_of_names(relation) -%}
    with entries as (
        {{ lead_scoring.list_entries('keyboard_run') }}
    ),

    names as (
        select distinct full_name
        from {{ relation }}
        where full_name <> chr(10)
    ),

    names_with_run as (
        select distinct names.full_name
        from names
        inner join entries on {{ dbt.position('entries.entry', 'lower(names.full_name)') }} > 0
    )

    select
        names.full_name,
        {{ lead_scoring.matches_pattern(
            'names.full_name', '[a-z][A-Z][A-Z]|[a-z][A-Z].*[a-z][A-Z]'
        ) }} as has_odd_capitals,
        names_with_run.full_name is not null as has_keyboard_run,
        {{ lead_scoring.matches_pattern('names.full_name', '[0-9]') }} as has_digits
    from names
    left join names_with_run on names.full_name = names_with_run.full_name
{%- endmacro %}
