{#- A select of everything that makes a run recompute more than what has changed: cause in words, in
    their order, whether it holds, and what it concerns.
    In: relations this_run, finished_run and broken_off_run of one row each in scope.
    Call: causes_to_recompute(). Out: a select statement. -#}
{% macro causes_to_recompute() -%}
    {%- set causes = [
        (
            'first run',
            'finished_run.run_number is null and broken_off_run.run_number is null',
            'elsc'
        ),
        ('full refresh asked for', 'true' if lead_scoring.is_full_refresh() else 'false', 'elsc'),
        (
            'moments asked for', 'true' if lead_scoring.is_backtest() else 'false', 'elsc'
        ),
        (
            'the run before did not finish',
            'broken_off_run.run_number is not null'
            ~ ' and coalesce(broken_off_run.run_number <> finished_run.run_number, true)',
            'elsc'
        ),
        (
            'settings, columns of the input or models changed',
            'this_run.settings_fingerprint <> finished_run.settings_fingerprint',
            'elsc'
        ),
        (
            'rules look at other event types or columns, clicks or bots',
            'this_run.reading_fingerprint <> finished_run.reading_fingerprint',
            'esc'
        ),
        ('leads or merges were taken out of the input', 'this_run.has_lost_leads', 'es'),
        ('rules changed', 'this_run.rules_fingerprint <> finished_run.rules_fingerprint', 'ls'),
        ('as_of is earlier than in the run before', 'this_run.as_of < finished_run.as_of', 's'),
        ('a new day: points decay', 'this_run.as_of_day <> finished_run.as_of_day', 's'),
    ] %}
    {%- for cause, holds, concerns in causes %}
    select
        {{ loop.index }} as cause_order,
        '{{ cause }}' as cause,
        coalesce({{ holds }}, false) as holds,
        {{ 'e' in concerns }} as concerns_events,
        {{ 'l' in concerns }} as concerns_leads,
        {{ 's' in concerns }} as concerns_scores,
        {{ 'c' in concerns }} as concerns_comparisons
    from this_run
    cross join finished_run
    cross join broken_off_run
    {{ 'union all' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
