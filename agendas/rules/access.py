"""Rights of people, permissions of the app, reasons for not delivering."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from rapidfuzz import fuzz

from agendas.errors import NotUnderstood, Offer, Unclear
from agendas.facts.account import AccountState, EventFacts, Source
from agendas.facts.audience import NotReadable, PrivacySet
from agendas.facts.events import (
    IN_CHARGE,
    ActionAdded,
    BlockerOpened,
    Change,
    Corrected,
    Decided,
    Edited,
    ItemEdited,
    Nominated,
    Profile,
)
from agendas.facts.people import Function, Leads, PersonFacts, Right
from agendas.facts.program import LedgerState, SetupFacts, SetupStep
from agendas.text.evidence import MENTION, readable
from agendas.text.limits import EMAIL, shown
from agendas.text.names import normal_key

# People of the workspace by what others call them: in a file, or in the words of a command.

PLAIN_NAME = re.compile(r"(?<![^\s(,;:])@(\w[\w.'-]*(?: [\w.'-]+){0,3})")
"""An `@name` that Slack left as it was typed, with the words after it, which may be of the name.

No e-mail address, and none of Slack's own mentions, which begin with `<`.
"""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who can be in charge of an account."""

    user_id: str
    name: str
    email: str = ""


class Colleagues:
    """People found by e-mail address, by exact full name, by a mention or id, or by an @name that is one person's."""

    def __init__(self, colleagues: Iterable[Colleague]) -> None:
        self._by_email: dict[str, str] = {}
        self._by_name: dict[str, set[str]] = {}
        self._by_word: dict[str, set[str]] = {}
        self._ids: dict[str, Colleague] = {}
        for colleague in colleagues:
            self._ids[colleague.user_id] = colleague
            if colleague.email:
                self._by_email[colleague.email.casefold()] = colleague.user_id
            key = normal_key(colleague.name)
            self._by_name.setdefault(key, set()).add(colleague.user_id)
            for word in key.split():
                self._by_word.setdefault(word, set()).add(colleague.user_id)

    def called(self, name: str, email: str = "") -> set[str]:
        """The ids of everybody who is meant by the name or the address; empty for nobody.

        A known address counts first, then a mention or user id, then a whole name. After an @ a word of it is enough.
        """
        if email.casefold() in self._by_email:
            return {self._by_email[email.casefold()]}
        mention = MENTION.fullmatch(name)
        if name in self._ids or (mention is not None and mention[1] in self._ids):
            return {mention[1] if mention else name}
        if not name or mention is not None:
            return set()
        named = self._by_name.get(normal_key(name.removeprefix("@")), set())
        return named or (self._by_word.get(normal_key(name[1:]), set()) if name.startswith("@") else set())

    def typed(self, text: str) -> str:
        """The id of the one person that a command names. Raises NotUnderstood for nobody or several people."""
        name = text.strip(" ,.:")
        mention = MENTION.fullmatch(name)
        email = EMAIL.search(readable(name))
        # a mention is taken as it is: whoever may not do it is refused later, with the reason
        ids = {mention[1]} if mention else self.called(name, email[0] if email else "")
        if len(ids) == 1:
            return next(iter(ids))
        problem = f"is the name of {len(ids)} people here" if ids else "is nobody here"
        raise NotUnderstood(f"{shown(name)} {problem}. Type @ and pick the person from Slack's list.")

    def with_mentions(self, command: str, text: str, rest: str = "") -> str:
        """The text of a command with each `@name` of exactly one person as Slack writes a mention of them.

        Slack sends a name that was not picked from its list as it was typed. A name that nobody has stays as typed.
        Raises Unclear for a name that several people have, with the whole command for each of them: `command` stands
        before the text, and `rest` after it.
        """
        position = 0
        while match := PLAIN_NAME.search(text, position):
            words = match[1].split(" ")
            # the longest run of words that is somebody's name
            names = (" ".join(words[:count]).rstrip(".'-") for count in range(len(words), 0, -1))
            name, ids = next(((each, ids) for each in names if (ids := self.called(f"@{each}"))), ("", set[str]()))
            if not ids:
                # no name of anybody: it stays, and the search goes on after its first word
                position = match.start(1) + len(words[0])
                continue
            before, after = text[: match.start()], text[match.start(1) + len(name) :]
            if len(ids) > 1:
                people = sorted((self._ids[each] for each in ids), key=lambda each: (each.name.casefold(), each.email))
                raise Unclear(
                    f"{len(people)} people here are called {shown(f'@{name}')}. Which one is meant?",
                    [
                        Offer(
                            f"@{each.name} ({each.email})" if each.email else f"@{each.name}",
                            f"{command} {before}<@{each.user_id}>{after}{rest}",
                        )
                        for each in people
                    ],
                )
            mention = f"<@{next(iter(ids))}>"
            position = len(before) + len(mention)
            text = f"{before}{mention}{after}"
        return text

    def owner_after(
        self, had: Profile, name: str, email: str, *, inside: Collection[str] | None = None
    ) -> tuple[str | None, str, tuple[str, ...]]:
        """The profile's `owner` and `owner_name` once a file named this owner, and what to note about it.

        A name that nobody here has becomes `owner_name`, but never replaces an owner who is a colleague.
        `inside` are the only people to whom a private account is given, None for an account that everybody sees.
        """
        owner, notes = self.person_after(had.owner, name, email, role="owner", inside=inside)
        unknown = self.unknown(name, email)
        if owner and (name or email):
            return owner, "", notes
        return owner, unknown or had.owner_name, notes

    def person_after(
        self, had: str | None, name: str, email: str, *, role: str, inside: Collection[str] | None = None
    ) -> tuple[str | None, tuple[str, ...]]:
        """Who has the role once a file named this person for it, and what to note.

        It stays with `had` for an empty cell, and, with a note, for a name of nobody, of several or of an outsider.
        `inside` are the only people to whom a private account is given, None for an account that everybody sees.
        """
        typed = name or email
        if not typed:
            return had, ()
        ids = self.called(name, email)
        if len(ids) == 1:
            [user_id] = ids
            if inside is None or user_id in inside or user_id == had:
                return user_id, ()
            note = f"{role} {typed} left out: not in its private channel, invite them there first"
            return had, (note,)
        note = f"{role} {typed} is the name of {len(ids)} people here" if ids else f"{role} {typed} is nobody here"
        return had, (f"{note}, the {role} stays" if had else note,)

    def unknown(self, name: str, email: str) -> str:
        """The person as written in the file if they match nobody or several people here, else ''."""
        typed = name or email
        return typed if typed and len(self.called(name, email)) != 1 else ""


# Entries that a person may correct.


def may_correct(event: EventFacts, user_id: str, *, is_editor: bool) -> bool:
    """Return true for an entry of the person's own, and for any entry where the person is an editor.

    Imported entries are for editors. Nobody corrects a correction, or the nomination, without which there is no
    account; who may see an account is set again instead.
    """
    if isinstance(event.change, Corrected | Nominated | PrivacySet):
        return False
    return is_editor or (event.actor == user_id and event.source is not Source.IMPORT)


# Why a message was not posted, in the words of a person, from Slack's error code or our own note.

INVITE = "Cadence is not in the channel; invite it with /invite @Cadence"
NOT_THERE = "the channel is gone or Cadence cannot see it; invite Cadence or choose another channel"
READ_ONLY = "this channel's settings do not let Cadence post; ask an admin of the workspace"
TOO_LONG = "Slack found the message too long or misshapen; tell the admins of Cadence"
BUSY = "Slack asks to wait; it is tried again"
NO_ANSWER = "Slack did not answer; it is tried again"
MESSAGE_GONE = "the message it belongs to was deleted"
NOTHING_TO_SAY = "there was nothing to say any more"
"""The note on a letter that is dropped since what it asks for has happened, or is of no use any more."""
NOT_IN_TIME = "it could not be sent while it was of use"
"""The note on a letter that is dropped since its time is over."""

REASONS = {
    "not_in_channel": INVITE,
    "user_not_in_channel": "the person is not in the channel",
    "channel_not_found": NOT_THERE,
    "channel_left": "Cadence was removed from the channel; invite it with /invite @Cadence",
    "channel_deleted": "the channel was deleted; schedule the review in another one",
    "is_archived": "the channel is archived; unarchive it or choose another one",
    "is_inactive": "the channel is archived; unarchive it or choose another one",
    "is_ext_shared": "the channel is shared with another company; use a channel of your own",
    "ratelimited": BUSY,
    "rate_limited": BUSY,
    "message_limit_exceeded": BUSY,
    "message_not_found": MESSAGE_GONE,
    "thread_not_found": MESSAGE_GONE,
    "cannot_reply_to_message": MESSAGE_GONE,
    "cant_update_message": MESSAGE_GONE,
    "edit_window_closed": "this workspace does not let messages be edited that late",
    "missing_scope": "the app lacks a permission; an admin has to install it again",
    "cannot_dm_bot": "the person is a bot and cannot be written to",
    "user_disabled": "the person is deactivated",
    "user_not_found": "the person is not known to Slack",
    "waits for its turn": "it waits for its turn",
    "quiet hours": "its reader has quiet hours",
    "do not disturb": "its reader has Do Not Disturb in Slack",
    "over the weekly cap": "its reader got as many messages this week as the program sends by itself",
    "light cadences": "its reader's reviews remind of nothing by themselves",
    "members unread": "Slack has not said yet who is in a channel",
    "not there yet": "Slack did not say whether it took it; that may still show, so the next try waits a minute",
}
RATE_LIMITS = frozenset(code for code, reason in REASONS.items() if reason == BUSY)
"""Error codes by which Slack asks to wait."""
NO_ACCESS_CODES = frozenset(
    {
        "account_inactive",
        "app_uninstalled",
        "invalid_auth",
        "not_authed",
        "org_login_required",
        "team_access_not_granted",
        "token_expired",
        "token_revoked",
    }
)
TOO_LONG_BEGINNINGS = ("msg_too_long", "invalid_blocks", "msg_blocks_too", "metadata_too_large")


def delivery_reason(code: str, *, state: LedgerState) -> str:
    """Return a clause that says why a letter is refused, unsure or waiting; an unknown code is named, '' is none."""
    if state is LedgerState.UNSURE:
        return "it may have been posted, and Slack cannot be asked"
    if code in REASONS:
        return REASONS[code]
    if code in NO_ACCESS_CODES:
        return "the app was removed or its access ended; an admin has to install it again"
    if code.startswith("restricted_action"):
        return READ_ONLY
    if code.startswith(TOO_LONG_BEGINNINGS):
        return TOO_LONG
    if state is LedgerState.WAITING:
        return NO_ANSWER if code else "it has not been sent yet"
    return f"Slack said {code}" if code else "Slack refused it"


# People to whom a change gives something of an account.


def given_to(change: Change, before: AccountState) -> tuple[str, ...]:
    """Return the user ids of people to whom the change gives a role, an item or an ask that was not theirs before."""
    match change:
        case Edited(new):
            people = [getattr(new, role) for role in IN_CHARGE if getattr(new, role) != getattr(before.profile, role)]
        case ActionAdded(owner=owner) | BlockerOpened(owner=owner):
            people = [owner]
        case ItemEdited(owner=owner, from_owner=previous_owner):
            people = [owner] if owner != previous_owner else []
        case Decided(ask_of=owner):
            people = [owner]
        case _:
            people = []
    return tuple(each for each in people if each)


# Help asked of a function: the account's own person for it, else its lead.

NOBODY_LEADS = Leads()


class OwnPeople(Protocol):
    """An account's own people for a function, as its profile and its stored row have them."""

    @property
    def our_executive(self) -> str | None:
        """The user id of our executive there."""

    @property
    def marketing_partner(self) -> str | None:
        """The user id of its marketing partner."""


def own_of(needs: str | None, profile: OwnPeople, leads: Leads) -> str | None:
    """Return the account's own person for a function who can be asked: our executive, or the marketing partner.

    None for any other function, without such a person, and for one in `leads.unable`.
    """
    own = {Function.EXECUTIVE.value: profile.our_executive, Function.MARKETING.value: profile.marketing_partner}
    person = own.get(needs or "")
    return None if person in leads.unable else person


def lead_asked(needs: str | None, profile: OwnPeople, leads: Leads) -> str | None:
    """Return the user id of the function's lead; None if the account's own person is asked instead, or nobody leads."""
    return None if own_of(needs, profile, leads) else leads.get(needs or "")


def asked_of(needs: str | None, profile: OwnPeople, leads: Leads) -> str | None:
    """Return the user id of whom to ask for help from the function `needs`: its own, else the lead, or None."""
    return own_of(needs, profile, leads) or leads.get(needs or "")


# E-mail addresses as people type them.

ADDRESS_CHARACTERS = 254
"""The longest address that mail servers take (RFC 5321)."""

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_LOCAL}@(?:{_LABEL}\.)+{_LABEL}")
_LINKED = re.compile(r"<mailto:([^|<>]+)(?:\|[^<>]*)?>")
"""An address as Slack sends one that was typed."""


def read_address(typed: str) -> str:
    """Return the address, its domain in small letters. Raises NotUnderstood for anything else.

    Slack sends a typed address as `<mailto:dana@acme.example|dana@acme.example>`.
    """
    linked = _LINKED.fullmatch(typed.strip())
    address = linked[1] if linked else typed.strip()
    if not _ADDRESS.fullmatch(address) or len(address) > ADDRESS_CHARACTERS:
        raise NotUnderstood(f"{shown(typed)} is no e-mail address; write one like dana@acme.example.")
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"


# Why nobody counts as a member of a channel, as a clause with what to do.

MEMBER_REASONS = {
    NotReadable.ARCHIVED: "it is archived; unarchive it and invite Cadence",
    NotReadable.SHARED: "another company reads it; stop sharing it or use another channel",
    NotReadable.PUBLIC: "it is not private, so everybody can join it; make it private or use another channel",
    NotReadable.DIRECT: "it is a direct message; use a private channel",
    NotReadable.NOT_INVITED: "Cadence is not in it, or it is gone; type /invite @Cadence there",
    NotReadable.EMPTY: "nobody but Cadence is in it; an admin of the workspace can add people to it",
    NotReadable.NO_PERMISSION: "the app lacks the permission groups:read; an admin has to install it again",
    NotReadable.NO_ANSWER: "Slack did not say who is in it; it is asked again each minute",
}


# The people whose names are nearest to one that was typed.

MOST_PEOPLE = 3
LOWEST_SCORE = 60.0
"""Of 100, at which a name is worth offering."""


def nearest_people(typed: str, people: Iterable[PersonFacts]) -> tuple[PersonFacts, ...]:
    """At most three people whose name, or a word of it, is most like `typed`, best first; an @ does not count."""
    wanted = typed.removeprefix("@").replace(".", " ").replace("_", " ").casefold().strip()
    names = ((each, each.name.casefold()) for each in people)
    scored = [(max(fuzz.ratio(wanted, part) for part in (name, *name.split())), each) for each, name in names]
    near = sorted((pair for pair in scored if pair[0] >= LOWEST_SCORE), key=lambda pair: (-pair[0], pair[1].name))
    return tuple(person for _, person in near[:MOST_PEOPLE])


# Permissions that the app asks a workspace for, each with its use: the bot scopes in app.yaml.

SLACK_SCOPES = {
    "app_mentions:read": "questions that mention Cadence in a channel",
    "assistant:write": "the agent view, where people ask questions",
    "channels:history": "looking for a message that may have been posted already",
    "channels:join": "joining the channel of a review",
    "channels:read": "seeing whether a channel is archived or shared outside",
    "chat:write": "posting anything at all",
    "commands": "slash commands and shortcuts",
    "dnd:read": "waiting with messages that nobody asked for until a person's Do Not Disturb ends",
    "files:read": "the files that admins give to be imported",
    "files:write": "the export that an admin asks for",
    "groups:history": "looking for a message in a private channel",
    "groups:read": "seeing whether a private channel is archived or shared outside",
    "im:history": "questions in direct messages",
    "im:write": "direct messages to people",
    "users:read": "names, time zones, and who is a guest",
    "users:read.email": "finding the owners that an import names by address",
}
"""Slack calls a permission a scope."""

OPTIONAL = {
    "channels:join": "Cadence posts only in channels it was invited to",
    "dnd:read": "reminders and digests come in the hours of Do Not Disturb too, without a sound",
    "files:read": "`/abm import` takes no file; whoever runs Cadence imports with `cadence import`",
    "files:write": "`/abm export` sends no file; whoever runs Cadence exports with `cadence export`",
    "users:read.email": "an import finds no owner by an address",
}
"""Permissions that whoever installs the app may decline, each with what is off then."""


def missing(granted: str) -> tuple[str, ...]:
    """The needed permissions that a workspace did not give. `granted` as Slack lists them: with commas between."""
    granted_scopes = _scopes_in(granted)
    return tuple(scope for scope in SLACK_SCOPES if scope not in granted_scopes and scope not in OPTIONAL)


def declined(granted: str) -> tuple[str, ...]:
    """The permissions that a workspace may decline and did not give."""
    return tuple(scope for scope in OPTIONAL if scope not in _scopes_in(granted))


def needless(granted: str) -> tuple[str, ...]:
    """The permissions that a workspace gave and that the app does not use."""
    return tuple(sorted(_scopes_in(granted) - SLACK_SCOPES.keys()))


def lacks_permission(granted: str, scope: str) -> bool:
    """Return true if the workspace is known to lack the permission; with an empty `granted` nothing is known."""
    granted_scopes = _scopes_in(granted)
    return bool(granted_scopes) and scope not in granted_scopes


def _scopes_in(granted: str) -> set[str]:
    """The permissions of a list with commas."""
    return {scope.strip() for scope in granted.split(",")} - {""}


# Permissions, and the rights that include them.


class Permission(StrEnum):
    """What a person may do; each is given with fewer rights than the one before it."""

    READ = "read"
    NOMINATE = "nominate"
    ADD_PRODUCT = "add_product"
    """Add what product knows of an account; whose function is product need not be able to record anything else."""
    RECORD = "record"
    DECIDE = "decide"
    """Change the list, take a decision, schedule or close a review."""
    AUDIT = "audit"
    """See who changed what."""
    INSPECT = "inspect"
    """See how the bot is."""
    ADMINISTER = "administer"


_PERMISSIONS_OF: dict[Right, frozenset[Permission]] = {
    Right.ADMIN: frozenset(Permission),
    Right.EDITOR: frozenset(
        {
            Permission.READ,
            Permission.NOMINATE,
            Permission.ADD_PRODUCT,
            Permission.RECORD,
            Permission.DECIDE,
            Permission.AUDIT,
        }
    ),
    Right.VIEWER: frozenset({Permission.READ, Permission.NOMINATE}),
    Right.OBSERVER: frozenset({Permission.READ}),
}


def may(person: PersonFacts, permission: Permission) -> bool:
    """True when the person's right includes the permission; never for somebody deactivated.

    Whoever is of product adds what product knows with the right to nominate alone.
    """
    if permission is Permission.ADD_PRODUCT and person.function is Function.PRODUCT:
        permission = Permission.NOMINATE
    return not person.is_deleted and permission in _PERMISSIONS_OF[person.right]


# Steps of setting up that are still to be taken.

ADMINS_ADVISED = 2
"""One may be away when rights have to be given."""

MAY_BE_LEFT_OUT = frozenset({SetupStep.IMPORT, SetupStep.FUNCTIONS, SetupStep.LEADS})
"""Not every company has a CRM, or somebody for each function, or a lead of it."""


def open_steps(facts: SetupFacts) -> tuple[SetupStep, ...]:
    """Return the steps still to be taken, in their order; none once all is set up."""
    is_open = {
        SetupStep.PERMISSIONS: bool(facts.missing_permissions),
        SetupStep.ADMINS: facts.admins < ADMINS_ADVISED,
        SetupStep.IMPORT: not facts.has_imported,
        SetupStep.NAMED: not facts.named,
        SetupStep.OWNERS: bool(facts.ownerless),
        SetupStep.PEOPLE: bool(facts.without_function),
        SetupStep.FUNCTIONS: bool(facts.empty_functions),
        SetupStep.LEADS: bool(facts.without_lead),
        SetupStep.CADENCE: not facts.cadences,
    }
    left_out = facts.left_out & MAY_BE_LEFT_OUT
    return tuple(step for step in SetupStep if is_open[step] and step not in left_out)
