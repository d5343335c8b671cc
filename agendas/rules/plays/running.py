"""Plays on an account: which may start, who owns their steps, and how those that run stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from agendas.errors import NotUnderstood, Refused
from agendas.facts.account import AccountState, NextAction
from agendas.facts.events import Profile
from agendas.facts.motion import worked_tier
from agendas.facts.plays import Play, PlayRun, PlayStep, StepOwner
from agendas.rules.plays.library import LibraryPlay, allowed_in
from agendas.text.account_names import normal_key
from agendas.text.limits import shown


@dataclass(frozen=True, slots=True)
class RunningPlay:
    """A play that runs: its open steps, soonest first, and by how many days its outcome is overdue."""

    run: PlayRun
    open_steps: tuple[NextAction, ...]
    days_overdue: int


def running(account: AccountState, today: date) -> tuple[RunningPlay, ...]:
    """The account's plays that run, the outcome due first on top."""
    runs = sorted((each for each in account.plays if each.end is None), key=lambda each: (each.outcome_due_on, each.id))
    return tuple(
        RunningPlay(
            run,
            tuple(action for action in account.open_actions if action.play_id == run.id),
            max(0, (today - run.outcome_due_on).days),
        )
        for run in runs
    )


def tier_worked(account: AccountState) -> int | None:
    """Return the tier whose plays the account may have: its own, or that of the motion decided."""
    return worked_tier(account.tier, account.motion_decided)


def out_of_tier(account: AccountState, tiers_of_plays: Mapping[str, tuple[int, ...]]) -> tuple[PlayRun, ...]:
    """The plays that run on the account and that its motion does not allow; `tiers_of_plays` are by the plays' keys."""
    if tier_worked(account) is None:
        return ()
    runs = (each for each in account.plays if each.end is None)
    return tuple(
        each for each in runs if tier_worked(account) not in tiers_of_plays.get(each.play, (tier_worked(account),))
    )


def refuse_start(entry: LibraryPlay, account: AccountState, library: Sequence[LibraryPlay]) -> None:
    """Raise Refused when the play may not start on the account: with those that may, or with what to do first."""
    play = entry.play
    _refuse_without_tier(account)
    if entry.is_retired:
        raise Refused(f"{play.name} was retired. {said_allowed(account, library)}")
    if tier_worked(account) not in play.tiers:
        where = "where" if account.motion_decided is None else "as which"
        is_there = "is" if account.motion_decided is None else "is worked"
        raise Refused(
            f"{play.name} is no play of tier {tier_worked(account)}, {where} {account.name} {is_there}. "
            f"{said_allowed(account, library)}"
        )
    if any(each.play == play.key and each.end is None for each in account.plays):
        raise Refused(
            f"{play.name} runs on {account.name} already. Record its outcome first: /account {account.name} plays."
        )


def play_called(typed: str, account: AccountState, library: Sequence[LibraryPlay]) -> LibraryPlay:
    """The play of this name, or the only one whose name begins so. Raises NotUnderstood with those that are allowed."""
    wanted = normal_key(typed)
    exact = [each for each in library if wanted in (normal_key(each.play.name), each.play.key)]
    found = exact or [each for each in library if normal_key(each.play.name).startswith(wanted)]
    if len(found) != 1:
        meant = (
            f" could be {' or '.join(each.play.name for each in found)}." if found else " is no play of the library."
        )
        raise NotUnderstood(f"{shown(typed)}{meant} {said_allowed(account, library)}")
    return found[0]


def said_allowed(account: AccountState, library: Sequence[LibraryPlay]) -> str:
    """The sentence that names the plays which the account's tier allows."""
    names = [play.name for play in allowed_in(tier_worked(account), library)]
    if not names:
        return "No play is allowed there. See the library with /abm plays."
    return f"Allowed there: {', '.join(names)}. See them with /abm plays."


def owner_of_step(step: PlayStep, profile: Profile, asker: str) -> str:
    """Return the person to propose for a step: the account's owner, marketing partner or executive; else the asker."""
    proposed = {
        StepOwner.SALES: profile.owner,
        StepOwner.MARKETING: profile.marketing_partner,
        StepOwner.EXECUTIVE: profile.our_executive,
    }
    return proposed.get(step.owner) or asker


def startable(account: AccountState, library: Sequence[LibraryPlay]) -> tuple[Play, ...]:
    """The plays that may start on the account now. Raises Refused when none may, with what to do."""
    _refuse_without_tier(account)
    runs = {each.play for each in account.plays if each.end is None}
    found = tuple(play for play in allowed_in(tier_worked(account), library) if play.key not in runs)
    if not found:
        raise Refused(
            f"Every play that tier {tier_worked(account)} allows runs on {account.name} already, or there is none. "
            "See the library with /abm plays."
        )
    return found


def _refuse_without_tier(account: AccountState) -> None:
    if account.tier is None:
        raise Refused(
            f"{account.name} has no tier, and plays belong to tiers. "
            f"Put it on the list first: /account name {account.name} tier 1 because TEXT."
        )
