"""The words after ACCOUNT in the list words of /account: a tier, and the reason."""

import re
from dataclasses import dataclass

from agendas.errors import NotUnderstood
from agendas.text.because import split_because, split_parts
from agendas.text.evidence import readable
from agendas.text.limits import required_text, shown, within_limit

TIER = re.compile(r"(?:tier\s*|t)?(\d+)(?!\w)", re.IGNORECASE)
LAST_TIER = re.compile(r"[\s,]+(?:(?:in|to)\s+)?(?:tier\s*|t)(\d+)[\s.:]*$", re.IGNORECASE)
LISTED = re.compile(r"[\"\u201c-\u201e]([^\"\u201c-\u201e]+)[\"\u201c\u201d]|([^,;\n\"\u201c-\u201e]+)")
SEVERAL = 2
TIERS = (1, 2, 3)
TIER_EXAMPLES = {"name": "tier 1 ", "tier": "1 "}


@dataclass(frozen=True, slots=True)
class ListWords:
    """A change of the list and its reason; `tier` only where the command names one.

    `why_now` and `motion` are further parts of the reason where a tier is given.
    """

    tier: int | None
    because: str
    why_now: str = ""
    motion: str = ""


@dataclass(frozen=True, slots=True)
class SeveralNamed:
    """Several accounts to be named at once, as typed; without a tier or a reason where none is said."""

    accounts: tuple[str, ...]
    tier: int | None = None
    because: str = ""
    why_now: str = ""
    motion: str = ""


def read_several(rest: str) -> SeveralNamed | None:
    """Read the words after `/account name` with commas between accounts; None where there is one account alone.

    Raises NotUnderstood for a tier that there is not, and for a reason that is too long.
    """
    before, because = split_because(rest)
    tier = LAST_TIER.search(before)
    named = readable(before[: tier.start()] if tier else before)
    found = dict.fromkeys((quoted or bare).strip() for quoted, bare in LISTED.findall(named))
    accounts = tuple(name for name in found if name)
    if len(accounts) < SEVERAL:
        return None
    if tier is not None and tier[1] not in map(str, TIERS):
        raise NotUnderstood(f"There is no tier {tier[1]}. The tiers are 1, 2 and 3.")
    parts = (within_limit(part) for part in split_parts(because or ""))
    return SeveralNamed(accounts, int(tier[1]) if tier else None, *parts)


def entered_of(rest: str, word: str) -> dict[str, str]:
    """Return what was understood of words that are no change, by the names of the form's fields; nothing is lost."""
    before, because = split_because(rest)
    found = TIER.match(before) if word in TIER_EXAMPLES else None
    tier = found[1] if found and found[1] in map(str, TIERS) else ""
    left = readable(before[found.end() :] if found and tier else before).strip(" ,.:")
    said = because or "" if not left else f"{left} because {because}" if because else left
    why, why_now, motion = split_parts(said) if word in TIER_EXAMPLES else (said, "", "")
    return {"tier": tier, "because": why, "why_now": why_now, "motion": motion}


def read_list_change(rest: str, word: str) -> ListWords:
    """Read the words after `/account WORD ACCOUNT`, for name, tier, pause, remove, reject and restore.

    The reason is required; a tier is required by name and tier, and refused by the others. Where a tier is given, the
    reason may go on with `now: TEXT` and `motion: TEXT`.
    """
    takes_tier = word in TIER_EXAMPLES
    usage = f"/account {word} ACCOUNT {TIER_EXAMPLES.get(word, '')}because TEXT"
    before, because = split_because(rest)
    named = TIER.match(before) if takes_tier else None
    if named is not None and named[1] not in map(str, TIERS):
        raise NotUnderstood(f"There is no tier {named[1]}. The tiers are 1, 2 and 3: {usage}.")
    if because is None:
        raise NotUnderstood(f"Say why, it is kept with the change: {usage}.")
    if before and not takes_tier:
        raise NotUnderstood(f"{shown(before)} before the reason has no meaning here; write {usage}.")
    tier = _tier(before, usage) if takes_tier else None
    why, why_now, motion = split_parts(because) if takes_tier else (because, "", "")
    required = required_text(why, f"Say why after because: {usage}.")
    return ListWords(tier, required, within_limit(why_now), within_limit(motion))


def _tier(typed: str, usage: str) -> int:
    found = TIER.fullmatch(typed.strip(" ,.:"))
    if found is None:
        problem = f"{shown(typed)} is not a tier" if typed else "The tier is missing"
        raise NotUnderstood(f"{problem}; write {usage}.")
    return int(found[1])
