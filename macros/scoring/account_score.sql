{#- An account's score from the total scores of the leads that count, a whole number, rounded half
    up. The var lead_scoring_account_method says how:
      champion  the default: the only lead's score, else 0.6 of the best and 0.4 of the mean of the
                others (contract, section 4: accounts)
      mean      the mean
      max       the best score
      sum       the sum, at most the var lead_scoring_account_sum_limit, default 100
    In: expressions of the number of leads, of their best score and of the sum of their scores.
    Call: account_score('open_leads', 'best_score', 'sum_of_scores').
    Out: a whole-number expression, null where no lead counts. -#}
{% macro account_score(leads, best, sum_of_scores) -%}
    {%- set method = var('lead_scoring_account_method', 'champion') -%}
    {%- if method == 'champion' -%}
    case
        when {{ leads }} = 1 then {{ best }}
        else {{ lead_scoring.divided_half_up(
            '6 * ' ~ best ~ ' * (' ~ leads ~ ' - 1) + 4 * (' ~ sum_of_scores ~ ' - ' ~ best ~ ')',
            '10 * (' ~ leads ~ ' - 1)'
        ) }}
    end
    {%- elif method == 'mean' -%}
    {{ lead_scoring.divided_half_up(sum_of_scores, leads) }}
    {%- elif method == 'max' -%}
    {{ best }}
    {%- elif method == 'sum' -%}
    {%- set limit = var('lead_scoring_account_sum_limit', 100) | int -%}
    case when {{ sum_of_scores }} > {{ limit }} then {{ limit }} else {{ sum_of_scores }} end
    {%- else -%}
    {{ exceptions.raise_compiler_error(
        "The var lead_scoring_account_method is '" ~ method ~ "'. Write champion, mean, max or sum."
    ) }}
    {%- endif -%}
{%- endmacro %}
