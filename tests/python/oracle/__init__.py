"""An independent oracle of the scoring contract: plain `Decimal`, standard library only.

It was written from the contract and decision 0001 alone and shares no code with the project.
"""

from oracle.engine import Oracle
from oracle.results import Result
from oracle.settings import Settings
from oracle.times import instant

__all__ = ["Oracle", "Result", "Settings", "instant"]
