"""Plays: the library and those running."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from agendas.errors import NotUnderstood, Refused
from agendas.facts.account import AccountState, NextAction
from agendas.facts.events import Profile
from agendas.facts.plays import Play, PlayMotion, PlayRun, PlayStep, StepOwner, worked_tier
from agendas.text.limits import shown
from agendas.text.names import normal_key

# The plays that come with the program, and the library of a workspace: those, with its own and without the retired.

SALES, MARKETING, PRODUCT, EXECUTIVE = StepOwner

LIBRARY = (
    Play(
        "executive_meeting",
        "Executive meeting",
        (1,),
        "Their executive met ours and named who decides",
        30,
        (
            PlayStep("Ask the champion what their executive is measured on this year", SALES, 4),
            PlayStep("Write one page on their pressure, with our point of view", MARKETING, 7),
            PlayStep("Write to their executive in person and offer two dates", EXECUTIVE, 10),
            PlayStep("Hold the meeting and send a note of it within a day", EXECUTIVE, 28),
        ),
        PlayMotion.EXECUTIVE,
    ),
    Play(
        "business_case",
        "Business case with the champion",
        (1,),
        "The champion presented the case inside, to the economic buyer",
        45,
        (
            PlayStep("Agree with the champion on three numbers", SALES, 7),
            PlayStep("Collect proof for each number: a reference, a measurement", PRODUCT, 14),
            PlayStep("Draft the case on two pages in their words", MARKETING, 21),
            PlayStep("Go through it with the champion and leave it to them", SALES, 30),
        ),
        PlayMotion.OUTBOUND,
    ),
    Play(
        "second_thread",
        "Second thread",
        (1, 2),
        "Somebody in another required role took part in a call or meeting",
        21,
        (
            PlayStep("Name the missing role and two people who may hold it", SALES, 3),
            PlayStep("Ask the champion for an introduction to one of them", SALES, 7),
            PlayStep("Send that person something about their own part of the problem", MARKETING, 10),
        ),
        PlayMotion.OUTBOUND,
    ),
    Play(
        "reference_call",
        "Reference call",
        (1, 2),
        "They talked with a customer of ours in the same case",
        28,
        (
            PlayStep("Find a customer in the same case who will talk", PRODUCT, 7),
            PlayStep("Ask whom of theirs the call would convince, and of what", SALES, 9),
            PlayStep("Prepare the customer and set the date", MARKETING, 14),
        ),
        PlayMotion.PARTNER,
    ),
    Play(
        "pilot",
        "Pilot with a measure",
        (1, 2),
        "They signed a pilot with its end, its measure and who judges it",
        42,
        (
            PlayStep("Agree on the one measure by which the pilot is judged", SALES, 7),
            PlayStep("Write the plan: scope, data, people, days", PRODUCT, 14),
            PlayStep("Have security and legal see the plan before it is signed", SALES, 21),
            PlayStep("Ask their executive to name who judges it", EXECUTIVE, 28),
        ),
        PlayMotion.PRODUCT,
    ),
    Play(
        "expansion",
        "Expansion into a second unit",
        (1, 2),
        "Somebody responsible for a second unit asked for an offer",
        60,
        (
            PlayStep("Measure what the first unit got out of it", PRODUCT, 14),
            PlayStep("Write the result down with the first unit's name on it", MARKETING, 21),
            PlayStep("Ask the first unit to introduce us to the second", SALES, 28),
        ),
        PlayMotion.PRODUCT,
    ),
    Play(
        "round_table",
        "Segment round table",
        (2,),
        "Somebody of theirs came, and agreed to a call afterwards",
        45,
        (
            PlayStep("Choose the pressure that the accounts of the segment share", MARKETING, 7),
            PlayStep("Invite the people in the required roles in person", SALES, 14),
            PlayStep("Hold the round table with a customer who tells", MARKETING, 35),
            PlayStep("Call everybody who came within two days", SALES, 38),
        ),
        PlayMotion.CAMPAIGN,
    ),
    Play(
        "answer_signal",
        "Answer to a signal",
        (2, 3),
        "They answered, and said whether it is a project",
        14,
        (
            PlayStep("Look who caused the signal and what they were looking for", MARKETING, 2),
            PlayStep("Write to them about just that, without an offer", SALES, 4),
            PlayStep("Call once more, then leave it", SALES, 10),
        ),
        PlayMotion.OUTBOUND,
    ),
    Play(
        "watch",
        "Watch and help",
        (3,),
        "Somebody of theirs asked to talk",
        90,
        (
            PlayStep("Put them on the series that fits their segment", MARKETING, 7),
            PlayStep("Look at their signals, and propose tier 2 if they hold", MARKETING, 60),
        ),
        PlayMotion.CAMPAIGN,
    ),
)


class PlayOrigin(StrEnum):
    """Origin of a play: it came with the program, came and was changed, or is the workspace's own."""

    COMES_WITH = "comes_with"
    CHANGED = "changed"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class LibraryPlay:
    """A play of a workspace's library; a retired one cannot be started any more."""

    play: Play
    origin: PlayOrigin = PlayOrigin.COMES_WITH
    is_retired: bool = False


def library_with(own: Iterable[tuple[Play, bool]]) -> tuple[LibraryPlay, ...]:
    """The library of a workspace, by tier and then as added; `own` are its plays, each with whether it is retired.

    An own play with the key of a built-in one replaces it, and takes over its motion if it names none.
    """
    own_plays = {play.key: (play, is_retired) for play, is_retired in own}
    plays = []
    for each in LIBRARY:
        play, is_retired = own_plays.pop(each.key, (each, False))
        play = play if play.motion else replace(play, motion=each.motion)
        plays.append(LibraryPlay(play, PlayOrigin.COMES_WITH if play == each else PlayOrigin.CHANGED, is_retired))
    plays += [LibraryPlay(play, PlayOrigin.OWN, is_retired) for play, is_retired in own_plays.values()]
    return tuple(sorted(plays, key=lambda each: (min(each.play.tiers), max(each.play.tiers))))


def motion_of_play(key: str) -> PlayMotion | None:
    """The motion of the built-in play with this key; None for a workspace's own."""
    return next((each.motion for each in LIBRARY if each.key == key), None)


def allowed_in(tier: int | None, library: Iterable[LibraryPlay]) -> tuple[Play, ...]:
    return tuple(each.play for each in library if tier in each.play.tiers and not each.is_retired)


# Plays on an account: which may start, who owns their steps, and how those that run stand.


@dataclass(frozen=True, slots=True)
class RunningPlay:
    """A play that runs: its open steps, soonest first, and by how many days its outcome is overdue."""

    run: PlayRun
    open_steps: tuple[NextAction, ...]
    days_overdue: int


def running_plays(account: AccountState, today: date) -> tuple[RunningPlay, ...]:
    """The account's running plays, the one whose outcome is due first in front."""
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
    return worked_tier(account.tier, account.motion_decided)


def out_of_tier(account: AccountState, tiers_of_plays: Mapping[str, tuple[int, ...]]) -> tuple[PlayRun, ...]:
    """The running plays that are not for the tier that the account is worked as; none for one without a tier.

    `tiers_of_plays` are by the plays' keys. A play whose tiers it does not have is allowed; in a closed review it is
    empty, and every play is.
    """
    tier = tier_worked(account)
    if tier is None:
        return ()
    runs = (each for each in account.plays if each.end is None)
    return tuple(each for each in runs if tier not in tiers_of_plays.get(each.play, (tier,)))


def refuse_start(entry: LibraryPlay, account: AccountState, library: Sequence[LibraryPlay]) -> None:
    """Raise Refused when the play may not start on the account: with those that may, or with what to do first."""
    play = entry.play
    _refuse_without_tier(account)
    if entry.is_retired:
        raise Refused(f"{play.name} was retired. {allowed_plays_sentence(account, library)}")
    if tier_worked(account) not in play.tiers:
        where = "where" if account.motion_decided is None else "as which"
        is_there = "is" if account.motion_decided is None else "is worked"
        raise Refused(
            f"{play.name} is no play of tier {tier_worked(account)}, {where} {account.name} {is_there}. "
            f"{allowed_plays_sentence(account, library)}"
        )
    if any(each.play == play.key and each.end is None for each in account.plays):
        raise Refused(
            f"{play.name} runs on {account.name} already. Record its outcome first: /account {account.name} plays."
        )


def play_called(typed: str, account: AccountState, library: Sequence[LibraryPlay]) -> LibraryPlay:
    """The play of this name, or the only one whose name begins so. Raises NotUnderstood with those that are allowed."""
    wanted = normal_key(typed)
    exact = [each for each in library if wanted in (normal_key(each.play.name), each.play.key)]
    plays = exact or [each for each in library if normal_key(each.play.name).startswith(wanted)]
    if len(plays) != 1:
        names = " or ".join(each.play.name for each in plays)
        problem = f"could be {names}." if plays else "is no play of the library."
        raise NotUnderstood(f"{shown(typed)} {problem} {allowed_plays_sentence(account, library)}")
    return plays[0]


def allowed_plays_sentence(account: AccountState, library: Sequence[LibraryPlay]) -> str:
    """The sentence with the names of the plays that the account's tier allows."""
    names = [play.name for play in allowed_in(tier_worked(account), library)]
    if not names:
        return "No play is allowed there. See the library with /abm plays."
    return f"Allowed there: {', '.join(names)}. See them with /abm plays."


def owner_of_step(step: PlayStep, profile: Profile, asker: str) -> str:
    """Return the person to propose for a step: the account's owner, marketing partner or executive; else the asker.

    A step of product is proposed to the asker, as no profile names anybody for it.
    """
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
    plays = tuple(play for play in allowed_in(tier_worked(account), library) if play.key not in runs)
    if not plays:
        raise Refused(
            f"Every play that tier {tier_worked(account)} allows runs on {account.name} already, or there is none. "
            "See the library with /abm plays."
        )
    return plays


def _refuse_without_tier(account: AccountState) -> None:
    if account.tier is None:
        raise Refused(
            f"{account.name} has no tier, and plays belong to tiers. "
            f"Put it on the list first: /account name {account.name} tier 1 because TEXT."
        )
