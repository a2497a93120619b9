{#- How people and exports write numbers (0001, number 3), as parts of regular expressions: digits
    with or without groups of thousands of one kind of separator (0,125 has none: the first group
    begins with no 0), what separates groups, and a currency sign before or behind.
    Call: number_forms().digits. Out: a dictionary of texts. -#}
{% macro number_forms() %}
    {% set blank = '[ \u00a0\u2009\u202f]' %}
    {% set currency = '[$\u00a2-\u00a5\u058f\u060b\u0e3f\u17db\u20a0-\u20cf\ufdfc]' %}
    {{ return({
        'digits': '([1-9][0-9]{0,2}((,[0-9]{3})+|(' ~ blank ~ "[0-9]{3})+|(['\u2019][0-9]{3})+)"
            ~ '|[0-9]{1,28})',
        'separators': ", \u00a0\u2009\u202f'\u2019",
        'currency': '^([+-]?)' ~ blank ~ '*' ~ currency ~ blank ~ '*([+-]?[0-9].*)$'
            ~ '|^(.*[0-9+])' ~ blank ~ '*' ~ currency ~ '$',
    }) }}
{% endmacro %}
