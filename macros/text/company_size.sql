{#- The size of a company (contract, section 2); null where the number of employees is not known.
    In: a numeric expression. Call: company_size('versions.employees'). Out: a text expression. -#}
{% macro company_size(employees) -%}
    case
        when {{ employees }} < 10 then 'micro'
        when {{ employees }} < 50 then 'small'
        when {{ employees }} < 250 then 'medium'
        when {{ employees }} < 1000 then 'large'
        when {{ employees }} is not null then 'enterprise'
    end
{%- endmacro %}
