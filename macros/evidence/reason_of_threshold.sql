{#- Why a cut-off is recommended, or why the one in use stays, in words; null elsewhere.
    In: the columns of cut_offs and options of threshold_options in scope.
    Call: reason_of_threshold(). Out: a text expression. -#}
{% macro reason_of_threshold() -%}
    {%- set share = lead_scoring.percent_in_words('conversions', 'conversions_of_all') -%}
    {%- set selected = lead_scoring.percent_in_words('known_leads', 'known_leads_of_all') -%}
    case
        when fewer_outcomes < 40 and (is_current_mql or is_current_sql)
            then
                'kept: fewer than 40 conversions, or 40 others, are known'
        when is_recommended_sql and weekly_capacity is not null and is_recommended_mql
            then
                'mql and sql: sales can take all that keep four fifths of the conversions ('
                || {{ share }} || ', with ' || {{ selected }} || ' of the leads)'
        when is_recommended_mql and is_recommended_sql
            then
                'mql and sql: the highest that keeps four fifths of the conversions ('
                || {{ share }} || ', with ' || {{ selected }} || ' of the leads)'
        when is_recommended_mql
            then
                'mql: the highest that keeps four fifths of the conversions (' || {{ share }}
                || ', with ' || {{ selected }} || ' of the leads)'
        when is_recommended_sql and weekly_capacity is not null
            then
                'sql: the lowest that sales can take, '
                || cast(weekly_capacity as {{ dbt.type_string() }}) || ' leads a week; it keeps '
                || {{ share }} || ' of the conversions'
        when is_recommended_sql
            then
                'sql: the highest that keeps half of the conversions (' || {{ share }} || ', with '
                || {{ selected }} || ' of the leads); no weekly capacity is stated'
    end
{%- endmacro %}
