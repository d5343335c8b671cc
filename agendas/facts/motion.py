"""Motions: how an account is worked. Each tier has one; a review may decide another for an account."""

from enum import StrEnum


class Motion(StrEnum):
    """Motion of an account, in the words of ITSMA."""

    ONE_TO_ONE = "one_to_one"
    ONE_TO_FEW = "one_to_few"
    ONE_TO_MANY = "one_to_many"


_OF_TIERS = dict(enumerate(Motion, start=1))


def motion_of(tier: int | None, decided: Motion | None = None) -> Motion | None:
    return decided or (_OF_TIERS.get(tier) if tier is not None else None)


def worked_tier(tier: int | None, decided: Motion | None) -> int | None:
    """Return the tier by whose motion an account is worked, whose plays it may have."""
    if decided is None:
        return tier
    return next(number for number, motion in _OF_TIERS.items() if motion is decided)
