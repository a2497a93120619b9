{#- The families of signals that the contract names. Call: families(). Out: a list of names. -#}
{% macro families() %}
    {{ return([
        'demographic', 'firmographic', 'technographic', 'email', 'content', 'intent', 'social',
        'product', 'spam',
    ]) }}
{% endmacro %}
