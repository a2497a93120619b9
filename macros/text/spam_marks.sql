{#- The columns that mark spam (decision 17). The marks of names are missing without any name, that
    of the address where it is not a valid one.
    In: relations named versions (with full_name, mail_name and email_domain) and keyboard_runs in
    scope. Call: spam_marks(). Out: columns of a select, without a comma behind them. -#}
{% macro spam_marks() -%}
    case
        when versions.full_name <> chr(10)
            then {{ lead_scoring.matches_pattern(
                'versions.full_name', '[a-z][A-Z][A-Z]|[a-z][A-Z].*[a-z][A-Z]'
            ) }}
    end as name_has_odd_capitals,
    case
        when versions.full_name <> chr(10) then keyboard_runs.full_name is not null
    end as name_has_keyboard_run,
    case
        when versions.full_name <> chr(10)
            then {{ lead_scoring.matches_pattern('versions.full_name', '[0-9]') }}
    end as name_has_digits,
    case
        when versions.email_domain is not null
            then {{ lead_scoring.matches_pattern(
                'versions.mail_name', '[bcdfghjklmnpqrstvwxz]{6}|([a-z][0-9]+){3}'
            ) }}
    end as email_looks_random
{%- endmacro %}
