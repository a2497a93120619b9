"""Buying groups of accounts: roles, who has them, how complete (contract 4, decision 0024)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from oracle.rule_types import BuyingRole
from oracle.scores import half_up


@dataclass(frozen=True)
class Filled:
    """A role of an account's scorecard with the total scores of the leads that have it."""

    role: BuyingRole
    scores: tuple[int, ...]

    @property
    def needed(self) -> int | None:
        """Members needed; None where the role asks for none."""
        return self.role.members_needed

    @property
    def lacks(self) -> bool:
        """Whether it has fewer members than it needs."""
        return self.needed is not None and len(self.scores) < self.needed

    @property
    def words(self) -> str:
        """Found of needed members: `Buyer (1 of 2, required)`."""
        required = ", required" if self.role.is_required else ""
        return f"{self.role.description} ({len(self.scores)} of {self.needed}{required})"


def effective_roles(roles: Iterable[BuyingRole], scorecard: str) -> list[BuyingRole]:
    """The roles that are on for a scorecard, by priority, ties by name; its own rows take the place
    of those of `*`."""
    roles = list(roles)
    own = {one.role: one for one in roles if one.scorecard == scorecard}
    shared = {one.role: one for one in roles if one.scorecard == "*"}
    on = [one for one in (shared | own).values() if one.weight is not None]
    return sorted(on, key=lambda one: (one.priority, one.role))


def filled_roles(
    roles: Sequence[BuyingRole], members: Iterable[tuple[str | None, int]]
) -> list[Filled]:
    """The roles with their members, given as (name of the role that a lead has, total score)."""
    scores: dict[str, list[int]] = {one.role: [] for one in roles}
    for name, score in members:
        if name is not None:
            scores[name].append(score)
    return [Filled(one, tuple(scores[one.role])) for one in roles]


def completeness_of(filled: Iterable[Filled]) -> int | None:
    """ "the mean over the roles that need members of found by needed, each at most 1", each to six
    decimals, in percent, half up."""
    shares = [
        half_up(Fraction(min(len(one.scores), one.needed), one.needed) * 1_000_000)
        for one in filled
        if one.needed is not None
    ]
    return half_up(Fraction(sum(shares), 10_000 * len(shares))) if shares else None


def weighted_score(filled: Iterable[Filled]) -> int | None:
    """ "the mean of the roles' best scores by their weights", over roles that need members or have
    some; None where nothing weighs."""
    weighed = [one for one in filled if one.needed is not None or one.scores]
    weights = [Fraction(one.role.weight or Decimal(0)) for one in weighed]
    if not sum(weights):
        return None
    products = (
        weight * max(one.scores, default=0) for weight, one in zip(weights, weighed, strict=True)
    )
    return half_up(sum(products, Fraction(0)) / sum(weights))


def first_role(roles: Sequence[BuyingRole], holds: Callable[[BuyingRole], bool]) -> str | None:
    """ "a lead has the first role whose conditions hold" """
    return next((one.role for one in roles if holds(one)), None)
