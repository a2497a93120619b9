{#- The statement that makes room for a run at the latest recorded instant again: it takes the
    place of what that instant left.
    Call: pre_hook="{{ lead_scoring.forget_run() }}". Out: a statement, or nothing where the table
    is new or the run is a backtest. -#}
{% macro forget_run() -%}
    {%- if is_incremental() and not lead_scoring.is_backtest() -%}
        delete from {{ this }}
        where
            as_of = {{ lead_scoring.as_of() }}
            and as_of = (select max(as_of) from {{ this }})
    {%- endif -%}
{%- endmacro %}
