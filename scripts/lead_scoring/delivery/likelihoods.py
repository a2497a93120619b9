"""The likelihood that goes along with a score or a hand-off, where it is asked for."""

from __future__ import annotations

from lead_scoring.likelihoods import FIRST

COLUMNS = ("likelihood_percent", "likelihood_band", "expected_amount")
# One row per open lead of the published run that a live prediction is for, in whole numbers: a
# destination is told what its reader would notice, and not each thousandth that a day makes.
LIVE = f"""
    select
        likelihoods.lead_id,
        cast(round(100 * likelihoods.probability) as integer) as likelihood_percent,
        likelihoods.band as likelihood_band,
        cast(round(likelihoods.expected_amount) as bigint) as expected_amount
    from lead_likelihoods as likelihoods
    inner join prediction_standings as standings using (prediction)
    where
        likelihoods.status = 'live'
        and likelihoods.as_of = (select max(as_of) from lead_likelihoods)
    qualify row_number() over (partition by likelihoods.lead_id order by {FIRST}) = 1
"""
