{#- The key of the account that a lead belongs to: account_id, else company_domain, else the e-mail
    domain where it is a business one.
    In: a relation with the columns of lead versions. Call: account_of('versions').
    Out: a text expression. -#}
{% macro account_of(relation) -%}
    coalesce(
        {{ relation }}.account_id,
        {{ lead_scoring.normalised(relation ~ '.company_domain') }},
        case when {{ relation }}.email_type = 'business' then {{ relation }}.email_domain end
    )
{%- endmacro %}
