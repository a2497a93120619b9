{#- The words of a text in lower case, one blank before, between and after them: ' vice president
    sales '. A word is a run of letters and digits of any script (0001, number 6).
    In: a text expression. Call: words_of('job_title'). Out: a text expression. -#}
{% macro words_of(text) -%}
    {{ return(adapter.dispatch('words_of', 'lead_scoring')(text)) }}
{%- endmacro %}

{#- Where [:alnum:] knows ASCII alone, other letters and digits end a word. -#}
{% macro default__words_of(text) -%}
    ' ' || trim(regexp_replace(lower({{ text }}), '[^[:alnum:]]+', ' ')) || ' '
{%- endmacro %}

{#- It knows letters and digits of Unicode by name, and has to be told to replace all. -#}
{% macro duckdb__words_of(text) -%}
    ' ' || trim(regexp_replace(lower({{ text }}), '[^\p{L}\p{Nd}]+', ' ', 'g')) || ' '
{%- endmacro %}

{#- Its letters are those of the C library, which counts marks of vowels, accents apart from their
    letter, Roman numerals and circled letters among them: no letters here. -#}
{% macro postgres__words_of(text) -%}
    {%- set no_letters = ''
        ~ '\u0345\u05b0-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06e4\u06e7-\u06ed'
        ~ '\u0711\u0730-\u073f\u07a6-\u07b0\u0816-\u0817\u081b-\u0823\u0825-\u0827'
        ~ '\u0829-\u082c\u08d4-\u0903\u093a-\u093b\u093e-\u094f\u0955-\u0957\u0962-\u0963'
        ~ '\u0981-\u0983\u09be-\u09cc\u09d7\u09e2-\u09e3\u0a01-\u0a03\u0a3e-\u0a51'
        ~ '\u0a70-\u0a71\u0a75-\u0a83\u0abe-\u0acc\u0ae2-\u0ae3\u0afa-\u0b03\u0b3e-\u0b57'
        ~ '\u0b62-\u0b63\u0b82\u0bbe-\u0bcc\u0bd7\u0c00-\u0c03\u0c3e-\u0c56\u0c62-\u0c63'
        ~ '\u0c81-\u0c83\u0cbe-\u0cd6\u0ce2-\u0ce3\u0d00-\u0d03\u0d3e-\u0d4c\u0d57'
        ~ '\u0d62-\u0d63\u0d81-\u0d83\u0dcf-\u0ddf\u0df2-\u0df3\u0e31\u0e34-\u0e3a\u0e4d'
        ~ '\u0eb1\u0eb4-\u0ebc\u0ecd\u0f71-\u0f81\u0f8d-\u0fbc\u102b-\u103e\u1056-\u1059'
        ~ '\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f'
        ~ '\u109a-\u109d\u16ee-\u16f0\u1712-\u1713\u1732-\u1733\u1752-\u1753\u1772-\u1773'
        ~ '\u17b6-\u17c8\u1885-\u1886\u18a9\u1920-\u1938\u1a17-\u1a1b\u1a55-\u1a74'
        ~ '\u1abf-\u1b04\u1b35-\u1b43\u1b80-\u1b82\u1ba1-\u1bad\u1be7-\u1bf1\u1c24-\u1c36'
        ~ '\u1de7-\u1df4\u2160-\u2182\u2185-\u24e9\u2de0-\u2dff\u3007-\u3029\u3038-\u303a'
        ~ '\ua674-\ua67b\ua69e-\ua69f\ua6e6-\ua6ef\ua802\ua80b\ua823-\ua827\ua880-\ua881'
        ~ '\ua8b4-\ua8c5\ua8ff\ua926-\ua92a\ua947-\ua952\ua980-\ua983\ua9b4-\ua9bf\ua9e5'
        ~ '\uaa29-\uaa36\uaa43\uaa4c-\uaa4d\uaa7b-\uaa7d\uaab0\uaab2-\uaab4\uaab7-\uaab8'
        ~ '\uaabe\uaaeb-\uaaef\uaaf5\uabe3-\uabea\ufb1e' -%}
    ' ' || trim(regexp_replace(
        lower({{ text }}), '([^[:alnum:]]|[{{ no_letters }}])+', ' ', 'g'
    )) || ' '
{%- endmacro %}

{#- As on DuckDB; a backslash needs a text that is taken as it stands. -#}
{% macro spark__words_of(text) -%}
    ' ' || trim(regexp_replace(lower({{ text }}), r'[^\p{L}\p{Nd}]+', ' ')) || ' '
{%- endmacro %}

{#- As on DuckDB; a backslash needs a text that is taken as it stands. -#}
{% macro bigquery__words_of(text) -%}
    ' ' || trim(regexp_replace(lower({{ text }}), r'[^\p{L}\p{Nd}]+', ' ')) || ' '
{%- endmacro %}

{#- Letters and digits beyond ASCII end a word there. -#}
{% macro redshift__words_of(text) -%}
    {{ lead_scoring.default__words_of(text) }}
{%- endmacro %}
