from dataclasses import replace
from datetime import date, timedelta

import pytest

from agendas.errors import FieldProblems, NotUnderstood
from agendas.facts.account import AccountState, Movement, Stage
from agendas.facts.deals import Opportunity, OpportunityProfile, OpportunityType, Phase
from agendas.facts.events import Moved
from agendas.facts.evidence import BuyerAct, Evidence, EvidenceActor
from agendas.facts.group import BuyingRole, Contact, ContactProfile
from agendas.facts.program import DEFAULTS, ProgramSettings
from agendas.facts.reviews import AgendaFacts
from agendas.rules import group as group_rules
from agendas.rules.commands import UnclearPart
from agendas.rules.movement import movement
from agendas.rules.update_words import read_contact
from tests.builders import account, agenda_facts, ago, contact, event
from tests.cases import cases

# Roles.

R = BuyingRole


@cases("role", R)
def test_every_role_is_read_by_its_name(role: BuyingRole) -> None:
    assert group_rules.OUR_WORDS[group_rules.lowered_words(role.value)] is role
    assert group_rules.OUR_WORDS[group_rules.lowered_words(role.value.replace("_", " ").title())] is role


def test_a_role_nobody_knows_is_refused_with_the_nearest() -> None:
    assert group_rules.not_a_role("econmic buyer").startswith(
        '"econmic buyer" is not a role; the nearest is economic buyer'
    )
    assert group_rules.not_a_role("gatekeeper").startswith('"gatekeeper" is not a role; you can write economic buyer, ')


@cases(
    ("cell", "roles"),
    [
        ("BUDGET_HOLDER", (R.ECONOMIC_BUYER,)),
        ("Budget Holder;Champion", (R.ECONOMIC_BUYER, R.CHAMPION)),
        ("champion; CHAMPION ;", (R.CHAMPION,)),
        ("LEGAL_AND_COMPLIANCE", (R.PROCUREMENT,)),
        ("Legal & Compliance", (R.PROCUREMENT,)),
        ("EXECUTIVE_SPONSOR", (R.EXECUTIVE_SPONSOR,)),
        ("INFLUENCER;END_USER;BLOCKER;OTHER", (R.INFLUENCER, R.END_USER, R.BLOCKER, R.OTHER)),
        ("", ()),
    ],
)
def test_hubspots_buying_roles_are_ours(cell: str, roles: tuple[BuyingRole, ...]) -> None:
    assert group_rules.crm_roles(cell, "hubspot") == group_rules.CrmRoles(roles)


def test_a_decision_maker_of_hubspot_hints_at_the_economic_buyer_and_a_budget_holder_beside_it_does_not() -> None:
    assert group_rules.crm_roles("DECISION_MAKER", "hubspot") == group_rules.CrmRoles(
        (R.DECISION_MAKER,), (R.ECONOMIC_BUYER,)
    )
    both = group_rules.crm_roles("DECISION_MAKER;BUDGET_HOLDER", "hubspot")
    assert both == group_rules.CrmRoles((R.ECONOMIC_BUYER, R.DECISION_MAKER))


@cases(
    ("cell", "role"),
    [
        *(("Economic Buyer", R.ECONOMIC_BUYER), ("Economic Decision Maker", R.ECONOMIC_BUYER)),
        *(("Technical Buyer", R.TECHNICAL_EVALUATOR), ("Evaluator", R.TECHNICAL_EVALUATOR)),
        *(("Executive Sponsor", R.EXECUTIVE_SPONSOR), ("Decision Maker", R.DECISION_MAKER)),
        *(("Business User", R.END_USER), ("Influencer", R.INFLUENCER), ("Other", R.OTHER)),
    ],
)
def test_salesforces_contact_roles_are_ours(cell: str, role: BuyingRole) -> None:
    assert group_rules.crm_roles(cell, "salesforce") == group_rules.CrmRoles((role,))


def test_a_crms_word_that_nobody_knows_is_reported_and_the_others_are_kept() -> None:
    assert group_rules.crm_roles("Gatekeeper;CHAMPION", "hubspot") == group_rules.CrmRoles(
        (R.CHAMPION,), unknown=("Gatekeeper",)
    )


@cases(
    ("title", "roles"),
    [
        ("CFO", (R.ECONOMIC_BUYER,)),
        ("Chief Financial Officer, EMEA", (R.ECONOMIC_BUYER,)),
        ("VP of Finance", (R.ECONOMIC_BUYER,)),
        ("C.T.O.", (R.TECHNICAL_EVALUATOR,)),
        ("Head of IT", (R.TECHNICAL_EVALUATOR,)),
        ("Senior Enterprise Architect", (R.TECHNICAL_EVALUATOR,)),
        ("Head of Procurement", (R.PROCUREMENT,)),
        ("Purchasing manager", (R.PROCUREMENT,)),
        ("CEO", (R.EXECUTIVE_SPONSOR,)),
        ("CFO and CIO", (R.ECONOMIC_BUYER, R.TECHNICAL_EVALUATOR)),
        ("Assistant to the CFO", ()),
        ("Former CTO", ()),
        ("Head of Italy", ()),
        ("Vice President", ()),
        ("Product owner", ()),
        ("Champion of the customer", ()),
        ("", ()),
        # the own part of a title
        ("Procurement advisor to the CFO", (R.PROCUREMENT,)),
        ("CFO and board advisor", (R.ECONOMIC_BUYER,)),
        ("Vice President of Finance", (R.ECONOMIC_BUYER,)),
        ("Vice President Engineering", (R.TECHNICAL_EVALUATOR,)),
        ("Finanzvorstand", (R.ECONOMIC_BUYER,)),
        ("Chief Executive Officer", (R.EXECUTIVE_SPONSOR,)),
    ],
)
def test_a_title_suggests_a_role_by_whole_words(title: str, roles: tuple[BuyingRole, ...]) -> None:
    assert group_rules.suggested_roles(title) == roles


@cases(
    "title",
    [
        *("Chairman", "Chairwoman", "Chair of the Board", "Board Chair", "Non-executive Chairman"),
        *("CDO", "Chief Digital Officer", "Chief Data Officer", "Chief Revenue Officer, EMEA", "Managing Director"),
        *("President", "President & COO", "Founder", "Co-Founder and CEO", "Managing Partner"),
        *("Geschäftsführer", "Geschäftsführerin", "Geschäftsführer(in)", "GESCHÄFTSFÜHRER", "Geschaeftsfuehrer"),
        *("Geschäftsführender Gesellschafter", "Mitglied der Geschäftsleitung", "Inhaberin"),
        *("Vorstand", "Vorständin", "Vorstand Vertrieb", "Mitglied des Vorstands", "Vorstandsvorsitzende"),
        *("PDG", "P.D.G.", "Président-directeur général", "Directrice générale", "Gérant", "Präsidentin"),
        *("Director General", "Consejera delegada", "Amministratore Delegato", "Direttrice generale", "Presidenta"),
        *("Algemeen directeur", "Diretor-geral", "Prezes zarządu", "Verkställande direktör", "Toimitusjohtaja"),
    ],
)
def test_the_head_of_a_company_is_an_executive_in_the_usual_languages_and_weighs_so(title: str) -> None:
    assert (group_rules.suggested_roles(title), group_rules.title_weight(title)) == ((R.EXECUTIVE_SPONSOR,), 2.0)


@cases(
    "title",
    [
        *("Executive Assistant to CFO", "EA to the CEO", "Chief of Staff", "Chief of Staff, CEO", "Advisor to the CEO"),
        *("PA of the CFO", "CEO's PA", "EA of the COO"),
        *(
            "Director, Office of the CFO",
            "Managing Director's Office",
            "CEO Office",
            "CEO Advisor",
            "Analyst to the CTO",
        ),
        *("Senior Vice President", "Vice President, Sales", "Vice-Président", "Product owner"),
        *("Assistentin des Vorstands", "Assistenz Geschäftsführer", "Büro Vorstand", "Referent Vorstand"),
        *("Assistante du directeur général", "Adjoint au PDG", "Conseiller PDG", "Directeur de cabinet du PDG"),
        *("Asistente del CEO", "Segretaria dell'amministratore delegato", "Secretaresse CEO", "Asystentka prezesa"),
    ],
)
def test_who_works_for_an_executive_or_below_one_is_none(title: str) -> None:
    assert group_rules.suggested_roles(title) == ()
    assert group_rules.title_weight(title) < 2.0


# Coverage.

TODAY = date(2026, 11, 24)
CHAMPION, BUYER, EVALUATOR = BuyingRole.CHAMPION, BuyingRole.ECONOMIC_BUYER, BuyingRole.TECHNICAL_EVALUATOR
PROCUREMENT = BuyingRole.PROCUREMENT
SPONSOR = BuyingRole.EXECUTIVE_SPONSOR


def deal(phase: Phase, key: str = "crm:1") -> Opportunity:
    more = OpportunityType.EXISTING_BUSINESS
    return Opportunity(OpportunityProfile(key, "Pilot", phase.value, phase, more), ago(30), ago(10))


def at(stage: Stage, tier: int | None = 1, **values) -> AccountState:
    return account(stage=stage, tier=tier, **values)


def group(
    *contacts: Contact, stage: Stage = Stage.ENGAGED, settings: ProgramSettings = DEFAULTS
) -> group_rules.GroupAnswer:
    return group_rules.buying_group(at(stage, contacts=contacts), settings, today=TODAY)


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@cases(
    ("tier", "stage", "phase", "roles"),
    [
        (1, Stage.AWARE, None, set()),
        (1, Stage.ENGAGED, None, {CHAMPION, BUYER, EVALUATOR}),
        (1, Stage.MQA, None, {CHAMPION, BUYER, EVALUATOR}),
        (1, Stage.OPPORTUNITY, None, {CHAMPION, BUYER, EVALUATOR, PROCUREMENT, SPONSOR}),
        (1, Stage.CUSTOMER, None, {CHAMPION, BUYER, EVALUATOR, PROCUREMENT, SPONSOR}),
        (2, Stage.ENGAGED, None, set()),
        (2, Stage.MQA, None, {CHAMPION, BUYER}),
        (2, Stage.OPPORTUNITY, Phase.MIDDLE, {CHAMPION, BUYER, EVALUATOR}),
        (2, Stage.OPPORTUNITY, Phase.LATE, {CHAMPION, BUYER, EVALUATOR, PROCUREMENT}),
        (2, Stage.MQA, Phase.LATE, {CHAMPION, BUYER}),
        (3, Stage.ENGAGED, None, set()),
        (3, Stage.OPPORTUNITY, Phase.LATE, {CHAMPION}),
        (None, Stage.MQA, None, {CHAMPION}),
    ],
)
def test_each_tier_asks_for_its_roles_from_its_stages_on(tier, stage, phase, roles) -> None:
    state = at(stage, tier, opportunities=(deal(phase),) if phase else ())
    assert set(group_rules.required_roles(state, DEFAULTS)) == roles


def test_where_no_role_is_required_coverage_is_not_required_rather_than_full() -> None:
    answer = group(contact(roles=(CHAMPION,), touched_on=TODAY), stage=Stage.TARGET)
    assert (answer.required, answer.identified, answer.engaged) == (0, 0, 0)
    assert not answer.is_single_threaded
    assert [each.id for each in answer.others] == [1]


def test_coverage_counts_confirmed_people_who_are_there_and_those_who_did_something_in_the_window() -> None:
    answer = group(
        contact(1, "Rita Sample", roles=(CHAMPION,), touched_on=days_ago(90)),
        contact(2, "Tom Sample", roles=(BUYER, PROCUREMENT), touched_on=days_ago(91)),
        contact(3, "Una Sample", roles=(EVALUATOR,), touched_on=days_ago(1), left_on=days_ago(1)),
        stage=Stage.OPPORTUNITY,
    )
    assert (answer.required, answer.identified, answer.engaged) == (5, 3, 1)
    assert {line.role: (line.state, line.quiet_days) for line in answer.lines} == {
        BUYER: (group_rules.RoleState.QUIET, 91),
        EVALUATOR: (group_rules.RoleState.LEFT, None),
        CHAMPION: (group_rules.RoleState.ENGAGED, 90),
        PROCUREMENT: (group_rules.RoleState.QUIET, 91),
        SPONSOR: (group_rules.RoleState.MISSING, None),
    }
    assert [line.people[0].id for line in answer.of(group_rules.RoleState.LEFT)] == [3]


def test_suggested_roles_never_count() -> None:
    answer = group(contact(suggested_roles=(CHAMPION, BUYER), touched_on=TODAY))
    assert answer.identified == answer.engaged == 0
    assert [each.id for each in answer.suggested] == [1]


def test_the_role_has_the_one_who_was_heard_of_last() -> None:
    answer = group(
        contact(1, "Rita Sample", roles=(CHAMPION,), touched_on=days_ago(100)),
        contact(2, "Tom Sample", roles=(CHAMPION,), touched_on=days_ago(5)),
    )
    (line,) = answer.of(group_rules.RoleState.ENGAGED)
    assert [each.id for each in line.people] == [2, 1]


def test_a_role_that_was_left_and_taken_by_somebody_else_is_filled() -> None:
    answer = group(
        contact(1, "Rita Sample", roles=(CHAMPION,), left_on=days_ago(5)),
        contact(2, "Tom Sample", roles=(CHAMPION,), touched_on=days_ago(5)),
    )
    assert [line.role for line in answer.of(group_rules.RoleState.ENGAGED)] == [CHAMPION]
    assert not answer.of(group_rules.RoleState.LEFT)


def test_one_active_person_is_a_single_thread_and_two_are_not() -> None:
    one = contact(1, roles=(CHAMPION,), touched_on=days_ago(30))
    late = contact(2, "Tom Sample", roles=(BUYER,), touched_on=days_ago(31))
    gone = contact(3, "Una Sample", touched_on=TODAY, left_on=TODAY)
    unconfirmed = contact(4, "Vera Sample", touched_on=TODAY)
    assert [each.id for each in group(one, late, gone).active] == [1]
    assert group(one, late, gone).is_single_threaded
    assert not group(one, late, gone, unconfirmed).is_single_threaded


def test_the_furthest_open_deal_tells_the_phase() -> None:
    late, won = deal(Phase.LATE), deal(Phase.WON, "crm:2")
    assert (
        group_rules.furthest_phase(at(Stage.OPPORTUNITY, opportunities=(deal(Phase.EARLY, "crm:3"), late, won)))
        is Phase.LATE
    )
    assert group_rules.furthest_phase(at(Stage.OPPORTUNITY, opportunities=(won,))) is Phase.EARLY
    assert group_rules.furthest_phase(at(Stage.ENGAGED)) is None


def test_the_tier_expects_roles_to_be_active_where_roles_are_required() -> None:
    one = contact(1, roles=(CHAMPION, EVALUATOR), touched_on=TODAY)
    late = contact(2, "Tom Sample", roles=(BUYER,), touched_on=days_ago(31))
    assert (group(one, late).roles_active, group(one, late).roles_expected) == (2, 3)
    assert group(one, late).lacks_active_roles
    assert not group(one, late, stage=Stage.TARGET).lacks_active_roles
    assert not group(one, late, settings=ProgramSettings((("tier.1.roles_active", 0),))).lacks_active_roles
    assert not group(one, contact(2, "Tom Sample", roles=(BUYER,), touched_on=days_ago(30))).lacks_active_roles


# What calls for help.
def facts(*contacts: Contact, before: tuple[Contact, ...] = (), **values) -> AgendaFacts:
    state: AccountState = account(contacts=contacts, **values)
    return agenda_facts(account=state, before=replace(state, contacts=before))


def in_middle(*contacts: Contact) -> AgendaFacts:
    profile = OpportunityProfile("crm:1", "Pilot", "Proposal", Phase.MIDDLE)
    return facts(*contacts, stage=Stage.OPPORTUNITY, opportunities=(Opportunity(profile, ago(30), ago(10)),))


def left(role: BuyingRole, days: int = 2) -> Contact:
    return contact(roles=(role,), left_on=TODAY - timedelta(days=days))


def test_a_departure_before_the_review_that_was_recorded_after_it_counts() -> None:
    assert group_rules.departure_reasons(facts(left(CHAMPION, 20), before=(contact(roles=(CHAMPION,)),))) == (
        ("champion_left", 20, 0),
    )


def test_a_suggested_champion_or_another_role_may_leave() -> None:
    suggested = contact(suggested_roles=(CHAMPION,), left_on=TODAY)
    before = (contact(suggested_roles=(CHAMPION,)), contact(2, roles=(EVALUATOR,)))
    assert group_rules.departure_reasons(facts(suggested, replace(left(EVALUATOR), id=2), before=before)) == ()


def test_a_suggested_economic_buyer_is_not_identified() -> None:
    people = (contact(1, touched_on=TODAY, suggested_roles=(BUYER,)), contact(2, "Tom Sample", touched_on=TODAY))
    assert group_rules.weaknesses(in_middle(*people)) == (("no_economic_buyer", 0, 0),)


def test_a_required_role_that_became_engaged_is_momentum() -> None:
    before = contact(roles=(CHAMPION,), touched_on=TODAY - timedelta(days=100))
    found = facts(contact(roles=(CHAMPION,), touched_on=TODAY - timedelta(days=2)), before=(before,))
    assert group_rules.newly_engaged(found) == (CHAMPION,)
    answer = movement(found)
    assert (answer.movement, answer.reason) == (Movement.UNCHANGED, "role_engaged")
    assert "momentum" in answer.flags


def test_a_role_engaged_then_and_now_or_not_required_is_no_momentum() -> None:
    then = contact(roles=(CHAMPION,), touched_on=TODAY - timedelta(days=20))
    now = contact(roles=(CHAMPION,), touched_on=TODAY)
    assert group_rules.newly_engaged(facts(now, before=(then,))) == ()
    assert group_rules.newly_engaged(facts(now, before=(), stage=Stage.TARGET)) == ()
    assert movement(facts(now, before=(), stage=Stage.TARGET)).flags == frozenset()


OLD_TOUCH = TODAY - timedelta(days=20)


def met(days: float = 2, *, of: int = 1, actor: EvidenceActor = EvidenceActor.BUYER, act: BuyerAct = BuyerAct.MEETING):
    piece = Evidence("Minutes", ago(days), "https://notes.example/m", "meeting", actor, act, contact_ids=(of,))
    return event(Moved("They came to the demo"), evidence=(piece,))


def after(told, *people: Contact) -> AgendaFacts:
    """The account that stands as it stood, with this told since the last review a week ago."""
    return agenda_facts(account=account(contacts=people), events=(told,))


@cases(
    ("role", "actor"),
    [(BUYER, EvidenceActor.BUYER), (SPONSOR, EvidenceActor.BUYER), (BUYER, EvidenceActor.THIRD_PARTY)],
)
def test_a_meeting_held_with_the_economic_buyer_or_executive_sponsor_is_momentum(role, actor):
    answer = movement(after(met(actor=actor), contact(1, roles=(role,), touched_on=OLD_TOUCH)))
    assert answer.movement is Movement.UNCHANGED
    assert answer.flags == {"momentum", "meeting_held"}


@cases(
    ("told", "values"),
    [
        (met(), {"roles": (CHAMPION,)}),
        (met(), {"suggested_roles": (BUYER,)}),
        (met(), {"roles": (BUYER,), "left_on": TODAY}),
        (met(of=2), {"roles": (BUYER,)}),
        (met(actor=EvidenceActor.US), {"roles": (BUYER,)}),
        (met(actor=EvidenceActor.IN_DOUBT), {"roles": (BUYER,)}),
        (met(act=BuyerAct.CALL), {"roles": (BUYER,)}),
        (met(7), {"roles": (BUYER,)}),
        (met(-1), {"roles": (BUYER,)}),
    ],
    ids=["champion", "suggested", "left", "somebody else", "ours", "in doubt", "call", "before the review", "to come"],
)
def test_no_other_meeting_is_momentum(told, values) -> None:
    assert "meeting_held" not in movement(after(told, contact(1, touched_on=OLD_TOUCH, **values))).flags


def test_a_meeting_gives_no_momentum_to_an_advance() -> None:
    found = after(met(), contact(1, roles=(BUYER,), touched_on=OLD_TOUCH))
    [told] = found.events
    step = replace(told, change=Moved("They came", "mqa"))
    advanced = replace(found, account=replace(found.account, stage=Stage.MQA), events=(step,))
    assert movement(advanced).flags == frozenset()


# People as they are typed.

MAIL = "<mailto:rita@acme.example|rita@acme.example>"


@cases(
    ("typed", "profile"),
    [
        ("Rita Sample", ContactProfile("Rita Sample")),
        (
            f"Rita Sample, CFO, economic buyer {MAIL}",
            ContactProfile("Rita Sample", "CFO", "rita@acme.example", (R.ECONOMIC_BUYER,)),
        ),
        (
            f"Rita Sample {MAIL}, economic buyer, CFO",
            ContactProfile("Rita Sample", "CFO", "rita@acme.example", (R.ECONOMIC_BUYER,)),
        ),
        ("Rita Sample Economic_Buyer", ContactProfile("Rita Sample", roles=(R.ECONOMIC_BUYER,))),
        ("Rita Sample, CFO economic buyer", ContactProfile("Rita Sample", "CFO", roles=(R.ECONOMIC_BUYER,))),
        (
            "Rita Sample, champion and end user, executive sponsor",
            ContactProfile("Rita Sample", roles=(R.CHAMPION, R.EXECUTIVE_SPONSOR, R.END_USER)),
        ),
        (
            "Tom Sample, Head of Procurement",
            ContactProfile("Tom Sample", "Head of Procurement", suggested_roles=(R.PROCUREMENT,)),
        ),
        ("Tom Sample, procurement", ContactProfile("Tom Sample", roles=(R.PROCUREMENT,))),
        ("R &amp; D Sample, Head of R &amp; D", ContactProfile("R & D Sample", "Head of R & D")),
        ("Rita Sample RITA@acme.example", ContactProfile("Rita Sample", email="rita@acme.example")),
    ],
)
def test_a_person_is_read_with_title_roles_and_address_in_any_order(typed: str, profile: ContactProfile) -> None:
    assert read_contact(typed) == profile


@cases(
    ("typed", "said"),
    [
        ("", "Write the person's name: /account ACCOUNT group add NAME"),
        (" , CFO"[:2], "Write the person's name"),
        (MAIL, "Write the person's name"),
        ("economic buyer", "Write the person's name before the role"),
        ("Rita Sample, econmic buyer", '"econmic buyer" is not a role; the nearest is economic buyer'),
        ("Rita Sample, CFO, Board member", '"CFO" and "Board member" cannot both be the title'),
        ("Rita Sample, rita@acme", '"rita@acme" is not an e-mail address'),
        (f"Rita Sample {MAIL} tom@acme.example", "There are 2 e-mail addresses"),
        ("<@U0ANN0001> CFO", "A colleague with @ is not a person at the account"),
    ],
)
def test_what_is_not_understood_is_refused_with_what_to_do(typed: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as refused:
        read_contact(typed)
    assert str(refused.value).startswith(said)


def test_a_word_that_is_nearly_a_role_is_one_or_the_title() -> None:
    with pytest.raises(UnclearPart) as asked:
        read_contact(f"Rita Sample, CFO, econmic  buyer {MAIL}")
    role = read_contact(asked.value.choices[0].rest)
    assert (asked.value.choices[0].label, role.roles, role.email) == (
        "Economic buyer",
        (R.ECONOMIC_BUYER,),
        "rita@acme.example",
    )
    with pytest.raises(UnclearPart, match="cannot both be the title") as titles:
        read_contact(asked.value.as_text)
    assert read_contact(titles.value.as_text).title == "CFO, econmic buyer"
    assert asked.value.entered == {"name": "Rita Sample", "title": "CFO, econmic buyer", "email": "rita@acme.example"}


@cases(
    ("values", "field", "said"),
    [
        ({"name": "..."}, "name", "Write the person's name."),
        ({"name": "R" * 300}, "name", "The name has 300 characters; write at most 120."),
        ({"title": "R" * 121}, "title", "The title has 121 characters; write at most 120."),
        ({"email": "rita at acme"}, "email", '"rita at acme" is not an e-mail address like rita@acme.example.'),
        ({"touched_on": date(2026, 11, 25)}, "touched_on", "25 Nov has not come yet."),
        ({"left_on": date(2026, 11, 25)}, "left_on", "25 Nov has not come yet. Record it once they are gone."),
        (
            {"left_on": date(2026, 11, 3), "touched_on": date(2026, 11, 4)},
            "left_on",
            "They did something on 4 Nov, after that day.",
        ),
    ],
)
def test_what_cannot_be_so_is_said_beside_its_field(values: dict, field: str, said: str) -> None:
    with pytest.raises(FieldProblems) as refused:
        group_rules.refuse_wrong(ContactProfile(**{"name": "Rita Sample"} | values), today=TODAY)
    assert list(refused.value.fields) == [field]
    assert refused.value.fields[field].startswith(said)


def test_a_name_of_120_characters_without_an_address_is_fine_today() -> None:
    group_rules.refuse_wrong(ContactProfile("R" * 120, touched_on=TODAY, left_on=TODAY), today=TODAY)


@cases(
    ("name", "email", "field"),
    [
        ("Anybody", "RITA@acme.example", "email"),
        ("rita sample", "", "name"),
        ("Rita Sample", "other@acme.example", ""),
        ("Tom Sample", "", ""),
    ],
)
def test_the_same_address_or_the_same_name_without_another_address_is_the_same_person(name, email, field) -> None:
    known = [contact(email="rita@acme.example")]
    if not field:
        group_rules.refuse_twin(ContactProfile(name, email=email), known, account="Acme")
        return
    with pytest.raises(FieldProblems, match="is in the group of Acme already") as refused:
        group_rules.refuse_twin(ContactProfile(name, email=email), known, account="Acme")
    assert list(refused.value.fields) == [field]


def test_confirming_adds_the_suggested_roles() -> None:
    profile = ContactProfile("Rita", roles=(R.DECISION_MAKER,), suggested_roles=(R.ECONOMIC_BUYER,))
    assert group_rules.as_confirmed(profile) == ContactProfile("Rita", roles=(R.DECISION_MAKER, R.ECONOMIC_BUYER))
