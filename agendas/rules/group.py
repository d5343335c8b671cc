"""Buying group: roles, coverage, titles, gaps."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

from agendas.errors import FieldProblems
from agendas.facts.account import AccountState, EventFacts, Stage
from agendas.facts.deals import Phase
from agendas.facts.evidence import BuyerAct, EvidenceActor
from agendas.facts.group import BuyingRole, Contact, ContactProfile, RoleStatus, Support
from agendas.facts.interventions import ExecutiveMet
from agendas.facts.program import ROLE_STEPS, ProgramSettings, of_tier
from agendas.facts.reviews import AgendaFacts, CodedReason, ReasonCode
from agendas.rules.deals import furthest_deal
from agendas.rules.entries import COUNTING
from agendas.rules.history import evidence_words
from agendas.text.dates import day_text, local_date
from agendas.text.limits import EMAIL, NAME_LIMIT_CHARACTERS, shown
from agendas.text.names import nearest, normal_key, plain_words
from agendas.text.who_acted import PeopleActing, Sides, name_words, read_people

# Roles of a purchase in people's and CRMs' words, mapped to ours. A word that is not listed is never guessed.

OUR_WORDS: Mapping[str, BuyingRole] = {role.value.replace("_", " "): role for role in BuyingRole} | {
    "user champion": BuyingRole.CHAMPION,
    "technical buyer": BuyingRole.TECHNICAL_EVALUATOR,
    "evaluator": BuyingRole.TECHNICAL_EVALUATOR,
    "purchasing": BuyingRole.PROCUREMENT,
    "user": BuyingRole.END_USER,
}
"""Words that people type, in lower case."""

HUBSPOT_WORDS: Mapping[str, BuyingRole] = {
    "budget holder": BuyingRole.ECONOMIC_BUYER,
    "champion": BuyingRole.CHAMPION,
    "legal and compliance": BuyingRole.PROCUREMENT,
    "legal & compliance": BuyingRole.PROCUREMENT,
    "executive sponsor": BuyingRole.EXECUTIVE_SPONSOR,
    "decision maker": BuyingRole.DECISION_MAKER,
    "influencer": BuyingRole.INFLUENCER,
    "end user": BuyingRole.END_USER,
    "blocker": BuyingRole.BLOCKER,
    "other": BuyingRole.OTHER,
}
"""HubSpot's buying roles, by internal name or label."""

SALESFORCE_WORDS: Mapping[str, BuyingRole] = {
    "economic buyer": BuyingRole.ECONOMIC_BUYER,
    "economic decision maker": BuyingRole.ECONOMIC_BUYER,
    "technical buyer": BuyingRole.TECHNICAL_EVALUATOR,
    "evaluator": BuyingRole.TECHNICAL_EVALUATOR,
    "executive sponsor": BuyingRole.EXECUTIVE_SPONSOR,
    "decision maker": BuyingRole.DECISION_MAKER,
    "influencer": BuyingRole.INFLUENCER,
    "business user": BuyingRole.END_USER,
    "other": BuyingRole.OTHER,
}
"""Salesforce's contact roles."""

CRM_WORDS: Mapping[str, Mapping[str, BuyingRole]] = {
    "hubspot": {**OUR_WORDS, **HUBSPOT_WORDS},
    "salesforce": {**OUR_WORDS, **SALESFORCE_WORDS},
    "": OUR_WORDS,
}
"""A CRM's own words before ours, which portals add to theirs."""

ROLE_NAMES = ", ".join(role.value.replace("_", " ") for role in BuyingRole)

_APART = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class CrmRoles:
    """Roles of a person in a CRM: those that count, one that is only suggested, and words that are not known here."""

    roles: tuple[BuyingRole, ...] = ()
    hinted: tuple[BuyingRole, ...] = ()
    unknown: tuple[str, ...] = ()


def near_role(typed: str) -> str | None:
    return nearest(lowered_words(typed), OUR_WORDS)


def not_a_role(typed: str) -> str:
    """The sentence that refuses a word in a role's place, with the nearest role, if any, and all of them."""
    near = near_role(typed)
    hint = f"the nearest is {near}, and " if near else ""
    return f"{shown(typed)} is not a role; {hint}you can write {ROLE_NAMES}."


def crm_roles(cell: str, system: str) -> CrmRoles:
    """The roles in a cell such as `Champion; Decision maker` of an export of `system`.

    The system is `hubspot`, `salesforce`, or '' for our own file.
    A decision maker of HubSpot who is no budget holder may be the economic buyer: that is hinted at, and counts only
    once a person says so.
    """
    words = CRM_WORDS[system]
    names = [each.strip() for each in cell.split(";") if each.strip()]
    role_of = {each: words.get(lowered_words(each)) for each in names}
    roles = in_order(role for role in role_of.values() if role)
    may_buy = system == "hubspot" and BuyingRole.DECISION_MAKER in roles and BuyingRole.ECONOMIC_BUYER not in roles
    hinted = (BuyingRole.ECONOMIC_BUYER,) if may_buy else ()
    return CrmRoles(roles, hinted, tuple(each for each, role in role_of.items() if role is None))


def in_order(roles: Iterable[BuyingRole]) -> tuple[BuyingRole, ...]:
    """The roles, each once, in the order in which they are shown."""
    wanted = set(roles)
    return tuple(role for role in BuyingRole if role in wanted)


def lowered_words(typed: str) -> str:
    """The words in lower case, with a space between them for any spaces, `_` or `-`, and no punctuation around them."""
    return _APART.sub(" ", typed.casefold()).strip(" .,:;!")


# Roles that a title suggests. A suggestion never counts before a person confirms it.


def _phrases(listed: str) -> tuple[str, ...]:
    """The phrases between commas, each on one line."""
    return tuple(" ".join(each.split()) for each in listed.split(","))


TITLE_WORDS: Mapping[BuyingRole, tuple[str, ...]] = {
    BuyingRole.ECONOMIC_BUYER: _phrases(
        """
        cfo, chief financial officer, chief finance officer, finance director, financial director, director of
        finance, director finance, head of finance, vp finance, vp of finance, finanzvorstand, finanzvorstandin,
        kaufmannischer leiter, kaufmannische leiterin, kaufmannischer geschaftsfuhrer, kaufmannische
        geschaftsfuhrerin, leiter finanzen, leiterin finanzen, directeur financier, directrice financiere,
        director financiero, directora financiera, direttore finanziario, direttrice finanziaria, diretor
        financeiro, diretora financeira, financieel directeur, dyrektor finansowy, talousjohtaja
        """
    ),
    BuyingRole.TECHNICAL_EVALUATOR: _phrases(
        """
        cto, cio, ciso, chief technology officer, chief technical officer, chief information officer, chief
        information security officer, architect, head of it, director of it, it director, it manager, head of
        engineering, director of engineering, vp engineering, vp of engineering, head of security, head of data
        """
    ),
    BuyingRole.PROCUREMENT: _phrases(
        """
        procurement, purchasing, sourcing, legal counsel, general counsel, contract manager, vendor manager
        """
    ),
    BuyingRole.EXECUTIVE_SPONSOR: _phrases(
        """
        ceo, chief executive, coo, chief operating officer, cdo, chief digital officer, chief data officer,
        chief commercial officer, cmo, chief marketing officer, cro, chief revenue officer, chief strategy
        officer, chairman, chairwoman, chairperson, chair of the board, board chair, executive chair, managing
        director, managing partner, president, founder, cofounder, geschaftsfuhrer, geschaftsfuhrerin,
        geschaeftsfuehrer, geschaeftsfuehrerin, gf, geschaftsfuhrender gesellschafter, geschaftsfuhrende
        gesellschafterin, mitglied der geschaftsfuhrung, vorsitzender der geschaftsfuhrung, vorsitzende der
        geschaftsfuhrung, mitglied der geschaftsleitung, vorstand, vorstandin, vorstandsmitglied, mitglied des
        vorstands, vorstandsvorsitzender, vorstandsvorsitzende, inhaber, inhaberin, prasident, prasidentin, pdg,
        gerant, gerante, presidente, presidenta, directeur general, directrice generale, director general,
        directora general, consejero delegado, consejera delegada, amministratore delegato, amministratrice
        delegata, direttore generale, direttrice generale, diretor geral, diretora geral, administrador
        delegado, administradora delegada, algemeen directeur, bestuursvoorzitter, directievoorzitter, prezes,
        prezes zarzadu, dyrektor generalny, verkstallande direktor, administrerende direktor, toimitusjohtaja
        """
    ),
}
"""Words of titles, whole and next to each other, in lower case and without accents.

No title makes a champion: that is how somebody acts.
"""

NOT_THEMSELVES = frozenset(
    {
        *("assistant", "former", "ex", "secretary", "retired"),
        *("assistent", "assistentin", "assistenz", "referent", "referentin", "sekretariat", "sekretarin", "buro"),
        *("assistante", "adjoint", "adjointe", "conseiller", "conseillere", "secretaire", "cabinet"),
        *("asistente", "secretario", "secretaria", "adjunto", "adjunta", "assistente", "segretario", "segretaria"),
        *("secretaresse", "asystent", "asystentka", "sekretarz", "sekretarka", "assistentti", "avustaja"),
    }
)
"""Words next to which a title is somebody else's, or of the past."""

SERVES_OTHERS = re.compile(
    r" (?:to|office of|chief of staff|[ep]a of) .*"
    r"| (?:c[a-z]{1,2}o(?: s)?|\S+ s) (?:office|adviser|advisor|[ep]a)(?= )"
)
"""Part of a title that names the person who is served: "Advisor to the CEO", "Office of the CFO", "CEO's office"."""

CHIEFS = frozenset(
    {"ceo", "cfo", "cto", "cio", "coo", "cmo", "cro", "ciso", "cpo", "cdo", "cco", "cso", "chro", "chief"}
)
"""Words of the C-level, which not all suggest a role."""

VICE_PRESIDENT = frozenset({"vp", "svp", "evp", "vice", "vizeprasident", "vizeprasidentin", "vicepresidente"})
DIRECTOR = frozenset(
    {
        *("director", "head", "leiter", "leiterin", "bereichsleiter", "bereichsleiterin", "directeur", "directrice"),
        *("directora", "direttore", "direttrice", "diretor", "diretora", "dyrektor", "direktor"),
    }
)
MANAGER = frozenset({"manager", "lead"})

EXECUTIVE_WEIGHT = 1.5
"""The least weight of an executive: of a vice president."""

OTHER_TITLE = 0.5


def suggested_roles(title: str) -> tuple[BuyingRole, ...]:
    """The roles that the title suggests, none for most titles."""
    own = _own_words(title)
    return in_order(role for role, phrases in TITLE_WORDS.items() if any(f" {phrase} " in own for phrase in phrases))


def title_weight(title: str) -> float:
    """2 for the C-level and those who lead the company, 1.5 for a VP, 1.25 for a director, 1 for a manager, else 0.5.

    The weights are published ones. `vice president` is looked for before `president`, and an assistant does not have
    the weight of the person assisted.
    """
    own = _own_words(title)
    words = set(own.split())
    if words & VICE_PRESIDENT:
        return EXECUTIVE_WEIGHT
    leads = any(f" {phrase} " in own for phrase in TITLE_WORDS[BuyingRole.EXECUTIVE_SPONSOR])
    if leads or words & CHIEFS:
        return 2.0
    if words & DIRECTOR:
        return 1.25
    return 1.0 if words & MANAGER else OTHER_TITLE


def _own_words(title: str) -> str:
    """The title's words that are of the person, between spaces; nothing of somebody's assistant or of the past."""
    words = plain_words(title)
    if NOT_THEMSELVES & set(words):
        return " "
    padded = f" {' '.join(words)} ".replace(" vice president ", " vp ")
    return SERVES_OTHERS.sub(" ", padded)


# Checks on the profile of a person at an account: problems with it, people like them, roles a title suggests.

EMAIL_CHARACTERS = 254
"""Longest e-mail address by its standard."""


def refuse_wrong(profile: ContactProfile, *, today: date) -> None:
    """Raise FieldProblems with a sentence for each field that is wrong on the local date `today`."""
    problems = dict(_problems(profile, today))
    if problems:
        raise FieldProblems(problems)


def _problems(profile: ContactProfile, today: date) -> Iterator[tuple[str, str]]:
    """Yield each field that is wrong, with a sentence about it."""
    if not any(map(str.isalnum, profile.name)):
        yield "name", "Write the person's name."
    for field in ("name", "title"):
        size = len(getattr(profile, field))
        if size > NAME_LIMIT_CHARACTERS:
            yield field, f"The {field} has {size:,} characters; write at most {NAME_LIMIT_CHARACTERS}."
    if profile.email and not is_email(profile.email):
        yield "email", f"{shown(profile.email)} is not an e-mail address like rita@acme.example."
    touched_on, left_on = profile.touched_on, profile.left_on
    if touched_on and touched_on > today:
        yield "touched_on", f"{day_text(touched_on, today)} has not come yet. Choose a day on which they did something."
    if left_on and left_on > today:
        yield "left_on", f"{day_text(left_on, today)} has not come yet. Record it once they are gone."
    elif left_on and touched_on and touched_on > left_on:
        yield "left_on", f"They did something on {day_text(touched_on, today)}, after that day. Change one of the two."


def refuse_twin(profile: ContactProfile, others: Iterable[Contact], *, account: str) -> None:
    """Raise FieldProblems when the person is one of these others of the account, by e-mail address, else by name."""
    contacts = tuple(others)
    by_email = (each for each in contacts if _is_same_email(profile, each.profile))
    twin = next(by_email, None) or next((each for each in contacts if _is_same_name(profile, each.profile)), None)
    if twin is not None:
        by = "email" if _is_same_email(profile, twin.profile) else "name"
        left_text = f", and left on {day_text(twin.profile.left_on)}" if twin.profile.left_on else ""
        detail = f"with the address {twin.profile.email}" if by == "email" else "by that name"
        sentence = (
            f"{twin.profile.name} is in the group of {account} already {detail}{left_text}. Edit them there instead."
        )
        raise FieldProblems({by: sentence if by == "email" else f"{sentence} {_distinguishing(twin.profile)}"})


def _distinguishing(twin: ContactProfile) -> str:
    """The sentence that says how somebody else of the same name is added."""
    both = "" if twin.email else f" once {twin.name} has one too"
    return f"Somebody else of that name is added with an e-mail address of their own{both}."


def _is_same_name(one: ContactProfile, other: ContactProfile) -> bool:
    """True for one name, unless both have an address: these tell two people of one name apart."""
    return normal_key(one.name) == normal_key(other.name) and not (one.email and other.email)


def with_suggestions(profile: ContactProfile, before: ContactProfile | None = None) -> ContactProfile:
    """The profile with the roles that its title suggests.

    Nothing is suggested where a person or the CRM has given a role. What was suggested before stays while neither
    the title nor the roles change.
    """
    if before is not None and (before.title, before.roles) == (profile.title, profile.roles):
        return replace(profile, suggested_roles=before.suggested_roles)
    return replace(profile, suggested_roles=() if profile.roles else suggested_roles(profile.title))


def as_confirmed(profile: ContactProfile) -> ContactProfile:
    """The profile with the suggested roles confirmed."""
    added = tuple(role for role in profile.suggested_roles if role not in profile.roles)
    return replace(profile, roles=(*profile.roles, *added), suggested_roles=())


def is_email(text: str) -> bool:
    return len(text) <= EMAIL_CHARACTERS and EMAIL.fullmatch(text) is not None


def _is_same_email(one: ContactProfile, other: ContactProfile) -> bool:
    return bool(one.email) and one.email.casefold() == other.email.casefold()


# The buying group of an account: roles that are required, people known in them, and people active lately.

_STEPS_AT = {Stage.ENGAGED: 1, Stage.MQA: 2, Stage.OPPORTUNITY: 3, Stage.CUSTOMER: 3}
"""Number of the steps in ROLE_STEPS that count at a stage; a deal in a late phase is the last step."""


class RoleState(StrEnum):
    """State of a required role; engaged and quiet ones have a confirmed person who is still there."""

    ENGAGED = "engaged"
    QUIET = "quiet"
    LEFT = "left"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A required role: its state, and its confirmed people, those heard of last first.

    `quiet_days` are since the last of them did anything, None when nobody ever did. Of a role that was left, the
    people are those who left.
    """

    role: BuyingRole
    state: RoleState
    people: tuple[Contact, ...] = ()
    quiet_days: int | None = None


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    """An account's buying group at its tier and stage, with the numbers behind it.

    `lines` has every required role in order and is empty where none is required: coverage is then not required,
    which is not full. `others` are confirmed people without a required role, `suggested` those with no confirmed
    role, `left` those who are gone. `active` did something in the last `thread_days`; the tier expects them to hold
    `roles_expected` different roles, 0 for none.
    """

    lines: tuple[RoleLine, ...]
    others: tuple[Contact, ...]
    suggested: tuple[Contact, ...]
    left: tuple[Contact, ...]
    active: tuple[Contact, ...]
    engaged_days: int
    thread_days: int
    roles_expected: int = 0

    @property
    def required(self) -> int:
        return len(self.lines)

    @property
    def identified(self) -> int:
        """Number of required roles with a confirmed person who is still there."""
        return len(self.of(RoleState.ENGAGED)) + len(self.of(RoleState.QUIET))

    @property
    def engaged(self) -> int:
        return len(self.of(RoleState.ENGAGED))

    @property
    def roles_active(self) -> int:
        return len({role for each in self.active for role in each.profile.roles})

    @property
    def lacks_active_roles(self) -> bool:
        return bool(self.lines) and self.roles_active < self.roles_expected

    @property
    def is_single_threaded(self) -> bool:
        return bool(self.lines) and len(self.active) <= 1

    def of(self, state: RoleState) -> tuple[RoleLine, ...]:
        return tuple(line for line in self.lines if line.state is state)


def buying_group(account: AccountState, settings: ProgramSettings, *, today: date) -> GroupAnswer:
    """The group as known today (a local date): coverage by required role, and who has been active.

    Only confirmed roles count, whatever titles suggest. People are active by what they did, not by what we did.
    """
    engaged_days = settings.number("group.engaged")
    required = required_roles(account, settings)
    # those who did something last come first, those who never did (`date.min`) last, then by name
    contacts = sorted(
        account.contacts, key=lambda each: (-(each.last_touch_on or date.min).toordinal(), each.profile.name.casefold())
    )
    by_status = {status: tuple(each for each in contacts if each.status is status) for status in RoleStatus}
    present, left = by_status[RoleStatus.CONFIRMED], by_status[RoleStatus.LEFT]
    return GroupAnswer(
        lines=tuple(_role_line(role, present, left, today, engaged_days) for role in required),
        others=tuple(each for each in present if not set(each.profile.roles) & set(required)),
        suggested=by_status[RoleStatus.SUGGESTED],
        left=left,
        active=active_people((*present, *by_status[RoleStatus.SUGGESTED]), settings, today=today),
        engaged_days=engaged_days,
        thread_days=settings.number("group.thread"),
        roles_expected=settings.number(of_tier(account.tier, "roles_active")),
    )


def _role_line(
    role: BuyingRole, present: Iterable[Contact], departed: Iterable[Contact], today: date, window_days: int
) -> RoleLine:
    """Return one role: engaged by an act in `window_days`, or quiet; if nobody has it, left by somebody, or missing."""
    people = tuple(each for each in present if role in each.profile.roles)
    if people:
        # the first was heard of last, as `buying_group` sorts them
        days = _quiet_days(people[0], today)
        is_engaged = days is not None and days <= window_days
        return RoleLine(role, RoleState.ENGAGED if is_engaged else RoleState.QUIET, people, days)
    leavers = tuple(each for each in departed if role in each.profile.roles)
    return RoleLine(role, RoleState.LEFT if leavers else RoleState.MISSING, leavers)


def active_people(people: Iterable[Contact], settings: ProgramSettings, *, today: date) -> tuple[Contact, ...]:
    """Those who are still there and did something within the window of a thread, with roles confirmed or not."""
    window_days = settings.number("group.thread")
    return tuple(each for each in people if each.status is not RoleStatus.LEFT and _is_within(each, today, window_days))


def required_roles(account: AccountState, settings: ProgramSettings) -> tuple[BuyingRole, ...]:
    """The roles that the account's tier asks for at its stage, each step asking for its own and those before it."""
    steps_reached = _STEPS_AT.get(account.stage, 0)
    # the last step is not a stage, but the late phase of a deal
    if steps_reached == len(ROLE_STEPS) - 1 and furthest_phase(account) is Phase.LATE:
        steps_reached = len(ROLE_STEPS)
    return _required(account.tier, steps_reached, settings)


@lru_cache(maxsize=1_000)
def _required(tier: int | None, steps: int, settings: ProgramSettings) -> tuple[BuyingRole, ...]:
    """The roles that the tier's first `steps` of ROLE_STEPS ask for."""
    names = {name for step in ROLE_STEPS[:steps] for name in settings.chosen(of_tier(tier, f"roles.{step}"))}
    return tuple(role for role in BuyingRole if role.value in names)


def furthest_phase(account: AccountState) -> Phase | None:
    """The phase of the furthest open deal; early for an opportunity without a known one, None for any other account."""
    deal = furthest_deal(account)
    if deal is None:
        return Phase.EARLY if account.stage is Stage.OPPORTUNITY else None
    return deal.profile.phase


def is_from_middle(account: AccountState) -> bool:
    """Return true for an opportunity whose furthest open deal is in its middle or late phase."""
    phase = furthest_phase(account)
    return account.stage.rank >= Stage.OPPORTUNITY.rank and phase is not None and phase.rank >= Phase.MIDDLE.rank


def contacts_with_role(account: AccountState, role: BuyingRole) -> tuple[Contact, ...]:
    return tuple(
        each for each in account.contacts if each.status is RoleStatus.CONFIRMED and role in each.profile.roles
    )


def is_engaged(account: AccountState, role: BuyingRole, settings: ProgramSettings, *, today: date) -> bool:
    return any(_is_within(each, today, settings.number("group.engaged")) for each in contacts_with_role(account, role))


def _is_within(contact: Contact, today: date, window_days: int) -> bool:
    """True if the person did something in the last `window_days`."""
    days = _quiet_days(contact, today)
    return days is not None and days <= window_days


def _quiet_days(contact: Contact, today: date) -> int | None:
    """The days since the person did something; None where they never did."""
    touched = contact.last_touch_on
    return max(0, (today - touched).days) if touched else None


# People of a buying group by a name that somebody wrote, and who of them acted by an entry of the history.


def contact_named(written: str, contacts: Sequence[Contact]) -> Contact | None:
    """Return the person of that name, which may be followed by a comma and a title; None for nobody or several.

    Part of a name is enough if only one person has it.
    """
    name = written.partition(",")[0]
    if whole := [each for each in contacts if normal_key(each.profile.name) == normal_key(name)]:
        return whole[0] if len(whole) == 1 else None
    words = set(map(normal_key, name.split())) - {""}
    matches = [each for each in contacts if words and words <= set(map(normal_key, each.profile.name.split()))]
    return matches[0] if len(matches) == 1 else None


def buyer_sides(account: AccountState) -> Sides:
    """The names and the domain by which the buyer is known."""
    named = (account.name, *account.profile.aliases, *(each.profile.name for each in account.contacts))
    return Sides(
        buyer_names=frozenset(word for name in named for word in name_words(name)),
        buyer_domains=frozenset({account.profile.domain} - {""}),
        people=account.contacts,
    )


def is_of_the_buyer(event: EventFacts) -> bool:
    return any(piece.actor is EvidenceActor.BUYER for piece in event.evidence)


def credited_by(event: EventFacts) -> tuple[int, ...]:
    """The ids of the people whom the buyer's act in the entry's evidence is credited to."""
    of_them = (piece.contact_ids for piece in event.evidence if piece.actor is EvidenceActor.BUYER)
    return tuple(dict.fromkeys(contact_id for ids in of_them for contact_id in ids))


def acting_in(event: EventFacts, sides: Sides) -> PeopleActing:
    """Who acted according to an entry's words; for a meeting, the person of the buyer's who was met."""
    if isinstance(event.change, ExecutiveMet):
        met = contact_named(event.change.theirs, sides.people)
        return PeopleActing(credited=(met,) if met else ())
    return read_people(evidence_words(event), sides)


# Reasons to intervene, and momentum, that an account's buying group gives.

DECIDING = (BuyingRole.ECONOMIC_BUYER, BuyingRole.CHAMPION)
"""The roles whose loss or opposition is a reason to step in."""

MET = (BuyingRole.ECONOMIC_BUYER, BuyingRole.EXECUTIVE_SPONSOR)
"""The roles a meeting with whom is momentum."""

AGAINST = (Support.NON_SUPPORTER, Support.ENEMY)

LEFT = {BuyingRole.ECONOMIC_BUYER: ReasonCode.ECONOMIC_BUYER_LEFT, BuyingRole.CHAMPION: ReasonCode.CHAMPION_LEFT}
OPPOSED = {
    BuyingRole.ECONOMIC_BUYER: ReasonCode.ECONOMIC_BUYER_AGAINST,
    BuyingRole.CHAMPION: ReasonCode.CHAMPION_AGAINST,
}


def needs_everybody(stage: Stage) -> bool:
    """Return true if all people of an account at this stage are needed to place it.

    At earlier stages its place depends only on those who left, who are against us, or who did something last.
    """
    return stage.rank >= Stage.OPPORTUNITY.rank


def departure_reasons(facts: AgendaFacts) -> tuple[CodedReason, ...]:
    """Return a hard reason for each deciding role whose holder left since the last held review, with the days since."""
    today = local_date(facts.now, facts.zone)
    leavers = departures(facts)
    return tuple(
        (LEFT[role], max(0, min((today - on).days for on in days)), 0)
        for role in DECIDING
        if (days := [each.profile.left_on for left_role, each in leavers if left_role is role and each.profile.left_on])
    )


def departures(facts: AgendaFacts) -> tuple[tuple[BuyingRole, Contact], ...]:
    """Return the people who left a deciding role since the last held review, with that role."""
    # a person whom the last held review knew left after it if it knew of no leaving, whatever the day given; somebody
    # added later counts by that day: from the review's on, or without a review from the day on which they were added
    left_before = {each.id: each.profile.left_on for each in facts.before.contacts} if facts.before else {}
    leavers = [
        each
        for each in facts.account.contacts
        if (left_on := each.profile.left_on) is not None
        and (
            left_before[each.id] is None
            if each.id in left_before
            else left_on >= local_date(facts.since or each.added_at, facts.zone)
        )
    ]
    return tuple((role, each) for role in DECIDING for each in leavers if role in each.profile.roles)


def weaknesses(facts: AgendaFacts) -> tuple[CodedReason, ...]:
    """Return the soft reasons.

    single_threaded (people active, days looked at) and no_economic_buyer count from an opportunity's middle phase on.
    Of economic_buyer_against and champion_against (number of people) at most one is given.
    """
    account, reasons = facts.account, list[CodedReason]()
    if is_from_middle(account):
        active = active_people(account.contacts, facts.settings, today=local_date(facts.now, facts.zone))
        if len(active) <= 1:
            reasons.append((ReasonCode.SINGLE_THREADED, len(active), facts.settings.number("group.thread")))
        if not contacts_with_role(account, BuyingRole.ECONOMIC_BUYER):
            reasons.append((ReasonCode.NO_ECONOMIC_BUYER, 0, 0))
    for role in DECIDING:
        if opponents := [each for each in contacts_with_role(account, role) if each.profile.support in AGAINST]:
            return (*reasons, (OPPOSED[role], len(opponents), 0))
    return tuple(reasons)


def newly_engaged(facts: AgendaFacts) -> tuple[BuyingRole, ...]:
    """The required roles engaged by an act since the last held review, and not at it; none without a held review."""
    before, since = facts.before, facts.since
    if before is None or since is None:
        return ()
    last_on = local_date(since, facts.zone)
    active_since = [each for each in facts.account.contacts if each.last_touch_on and each.last_touch_on >= last_on]
    roles = {role for each in active_since if each.status is RoleStatus.CONFIRMED for role in each.profile.roles}
    today, settings = local_date(facts.now, facts.zone), facts.settings
    return tuple(
        role
        for role in required_roles(facts.account, settings)
        if role in roles
        and is_engaged(facts.account, role, settings, today=today)
        and not is_engaged(before, role, settings, today=last_on)
    )


def deciders_met(facts: AgendaFacts, events: Iterable[EventFacts]) -> tuple[Contact, ...]:
    """The economic buyers and executive sponsors with whom a meeting was held since the last held review.

    Only evidence shows it, among the uncorrected `events` recorded since: a meeting, by the buyer or proved by a third
    party, with a person who is confirmed in one of the roles.
    """
    since = facts.since
    if since is None:
        return ()
    met = {
        contact_id
        for event in events
        for each in event.evidence
        for contact_id in each.contact_ids
        if each.actor in COUNTING and each.act is BuyerAct.MEETING and since < each.dated_at <= facts.now
    }
    people = (each for role in MET for each in contacts_with_role(facts.account, role) if each.id in met)
    return tuple(dict.fromkeys(people))
