{#- The columns that mark spam (decision 17). The marks of names are missing without any name, that
    of the address where it is not a valid one.
    In: relations named versions (with mail_name and email_domain) and marks_of_names in scope.
    Call: spam_marks(). Out: columns of a select, without a comma behind them. -#}
{% macro spam_marks() -%}
    marks_of_names.has_odd_capitals as name_has_odd_capitals,
    marks_of_names.has_keyboard_run as name_has_keyboard_run,
    marks_of_names.has_digits as name_has_digits,
    case
        when versions.email_domain is not null
            then {{ lead_scoring.matches_pattern(
                'versions.mail_name', '[bcdfghjklmnpqrstvwxz]{6}|([a-z][0-9]+){3}'
            ) }}
    end as email_looks_random
{%- endmacro %}
