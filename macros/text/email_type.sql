{#- What kind of mail address a lead has (contract, section 2).
    In: relations named versions (with mail_address and email_domain), disposable_mail and free_mail
    (with entry) in scope. Call: email_type(). Out: a text expression. -#}
{% macro email_type() -%}
    case
        when versions.mail_address is null then 'missing'
        when versions.email_domain is null then 'invalid'
        when disposable_mail.entry is not null then 'disposable'
        when free_mail.entry is not null then 'free'
        else 'business'
    end
{%- endmacro %}
