{#- The UTC timestamp that a text of an input means; null where it cannot be read. Besides the forms
    of read_time these are whole numbers since 1970, and, where the var lead_scoring_date_order is
    set, days as people write them (decision 2). A time without a zone is of the input's own (var
    lead_scoring_input_time_zone, default UTC).
    In: an expression of trimmed text. Call: input_time_of('occurred_at').
    Out: a timestamp expression. -#}
{% macro input_time_of(text, time_zone=none) -%}
    {%- set order = var('lead_scoring_date_order', none) -%}
    {%- if order not in [none, '', 'dmy', 'mdy'] -%}
        {{ exceptions.raise_compiler_error(
            "The var lead_scoring_date_order is '" ~ order ~ "'. Write dmy, mdy, or leave it out."
        ) }}
    {%- endif -%}
    {{ return(adapter.dispatch('input_time_of', 'lead_scoring')(
        text, time_zone or var('lead_scoring_input_time_zone', 'UTC'), order
    )) }}
{%- endmacro %}

{% macro default__input_time_of(text, time_zone, order) -%}
    {%- if lead_scoring.is_linted() -%}
    cast({{ text }} as timestamp)
    {%- else -%}
    {%- set written_day = '^([0-9]{1,2})([/.-])([0-9]{1,2})[/.-]([0-9]{4})' -%}
    case
        when {{ lead_scoring.matches_pattern(text, '^[0-9]{9,17}([.]0+)?$') }}
            then make_timestamp(
                cast(floor(cast({{ text }} as decimal(38, 10))) as bigint)
                * case
                    when length(split_part({{ text }}, '.', 1)) <= 11 then 1000000
                    when length(split_part({{ text }}, '.', 1)) <= 14 then 1000
                    else 1
                end
            )
        {%- if order %}
        {%- set day_first = order == 'dmy' %}
        when {{ lead_scoring.matches_pattern(
            text, written_day ~ '([T ] *[0-9]{1,2}:[0-5][0-9](:[0-5][0-9])?( ?[AaPp][Mm])?)?$'
        ) }}
            then {{ lead_scoring.utc_time_of(
                'try_strptime(regexp_replace(regexp_replace(' ~ text ~ ", '" ~ written_day
                ~ "', '" ~ ('\\4-\\3-\\1' if day_first else '\\4-\\1-\\3')
                ~ "'), '[T ] *', ' '), ["
                ~ "'%Y-%m-%d', '%Y-%m-%d %H:%M', '%Y-%m-%d %H:%M:%S', "
                ~ "'%Y-%m-%d %I:%M %p', '%Y-%m-%d %I:%M:%S %p', "
                ~ "'%Y-%m-%d %I:%M%p', '%Y-%m-%d %I:%M:%S%p'])",
                time_zone
            ) }}
        {%- endif %}
        else {{ lead_scoring.read_time(text, time_zone) }}
    end
    {%- endif -%}
{%- endmacro %}
