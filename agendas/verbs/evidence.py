"""Evidence: whose act it is and what it shows, by choice, by its words, or as somebody says later."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import Session

from agendas.errors import NothingShows, Outdated, Refused
from agendas.facts.account import AccountState, EventFacts, ListStatus, Stage
from agendas.facts.evidence import THEIR_WORDS, BuyerAct, Evidence, EvidenceActor, EvidenceAdded, EvidenceJudged
from agendas.facts.group import Contact
from agendas.facts.people import Author
from agendas.rules.entries import COUNTING, is_buyers_act, uncorrected, with_verdict
from agendas.rules.group import acting_in, buyer_sides, credited_by, is_of_the_buyer
from agendas.rules.history import evidence_words
from agendas.rules.movement import EVIDENCE_WINDOW, within_window
from agendas.text.dates import day_text, local_date
from agendas.text.evidence import host_of, page_of
from agendas.text.vocabulary import STAGE_LABELS
from agendas.text.who_acted import Sides, name_words, read_act, read_actor, read_day, read_people
from agendas.verbs import reads
from agendas.verbs.loading import event_facts, own_domains
from agendas.verbs.reads import undecided_among
from agendas.verbs.record import (
    LockedAccount,
    NewEntry,
    Recorded,
    current_state,
    find,
    record,
    record_and_show,
    record_many,
)
from storage import accounts, events, past_reviews, people

# Evidence of an update: who acted, by choice or by the words, and the step that it shows.

NOON = time(12)
"""The time of a day that words name without one."""


def with_actors(
    session: Session,
    author: Author,
    state: AccountState,
    *,
    text: str,
    evidence: Sequence[Evidence],
    step: Stage | None = None,
) -> tuple[Evidence, ...]:
    """Return the evidence with who acted, buyer or seller, and which of the buyer's people; `step` is the stage shown.

    What the author did not choose is read from the words of `text`. A page that is given twice is kept once.
    Raises Refused for evidence dated in the future; and, for evidence of a step, if it links to another account's site
    or is too old to show the step.
    """
    if not evidence:
        return ()
    evidence = [_dated(author, piece, text) for piece in evidence]
    today = local_date(author.at, author.zone)
    for piece in evidence:
        # by days: the clock of a message may be a little ahead of ours
        if (on := local_date(piece.dated_at, author.zone)) > today:
            raise Refused(f"{day_text(on)} has not come yet: give the day on which the buyer acted, today or earlier.")
    if step is not None:
        _refuse_others_site(session, author, state, evidence)
        refuse_too_early(session, author, state, evidence)
    sides = sides_of(session, author.workspace_id, state)
    by_page: dict[str | int, Evidence] = {}
    for index, piece in enumerate(evidence):
        # pieces without a page are all kept, each by its index
        by_page.setdefault(page_of(piece.url) if piece.url else index, piece)
    judged: list[Evidence] = []
    for piece in by_page.values():
        # a note has words of its own, besides those of the update
        words = text if piece.kind != "note" else f"{piece.text}\n{text}"
        actor = piece.actor or read_actor(words, [piece.url] if piece.url else (), sides)
        act = piece.act or (read_act(words) if actor is EvidenceActor.BUYER else None)
        people = piece.contact_ids
        if not people and actor is EvidenceActor.BUYER:
            people = tuple(each.id for each in read_people(words, sides).credited)
        step_shown = step.value if step else piece.step
        judged.append(replace(piece, actor=actor, act=act, step=step_shown, contact_ids=people))
    return tuple(judged)


def _dated(author: Author, piece: Evidence, text: str) -> Evidence:
    """Return the piece, dated by the words where they name an earlier day and nothing else does."""
    today = local_date(author.at, author.zone)
    on = read_day(text, today) if local_date(piece.dated_at, author.zone) == today else None
    return replace(piece, dated_at=datetime.combine(on, NOON, ZoneInfo(author.zone)).astimezone(UTC)) if on else piece


def _refuse_others_site(session: Session, author: Author, state: AccountState, evidence: Sequence[Evidence]) -> None:
    """Raise Refused for a link to the site of another account."""
    # links to exactly its domain alone: hosts below that, as `docs.` and `meet.`, may have anybody's pages
    linked = {host_of(piece.url) for piece in evidence if piece.url} - {"", state.profile.domain}
    other = next(iter(accounts.with_domains(session, author.workspace_id, linked)), None)
    if other is not None and other.row_id != state.account_id:
        raise Refused(
            f"{other.domain} is the site of {other.name}, so it shows nothing of {state.name}. "
            "Record it there, or give another link."
        )


def refuse_too_early(session: Session, author: Author, state: AccountState, evidence: Sequence[Evidence]) -> None:
    """Raise Refused for a piece that no review from now on could count as evidence of a step."""
    held_at = past_reviews.last_held_at(session, state.account_id)
    for piece in evidence:
        on = local_date(piece.dated_at, author.zone)
        named_on = local_date(state.named_at, author.zone) if state.named_at else None
        if named_on is not None and on < named_on:
            raise Refused(
                f"{state.name} was named on {named_on:%-d %b}: evidence of {on:%-d %b} is from before and shows no "
                "step since. Give a later day, or record it as news without the stage."
            )
        if held_at is not None and piece not in within_window([piece], held_at, author.at):
            raise Refused(
                f"Evidence of {on:%-d %b} is from more than {EVIDENCE_WINDOW.days} days before the review that closed "
                f"on {local_date(held_at, author.zone):%-d %b} and shows no step since. "
                "Give a later day, or record it as news without the stage."
            )


def note_of_buyers_act(session: Session, author: Author, state: AccountState, text: str) -> tuple[Evidence, ...]:
    """Return the text itself as one piece of evidence, of no step, if it says that a person of the buyer's acted.

    It credits those who surely did. A name that fits several people, or nobody yet, is enough: see `earlier_acts`.
    """
    sides = sides_of(session, author.workspace_id, state)
    found = read_people(text, sides)
    is_theirs = read_actor(text, sides=sides) is EvidenceActor.BUYER
    if not is_theirs or not (found.credited or found.asked or found.strangers):
        return ()
    act, people = read_act(text), tuple(each.id for each in found.credited)
    act_name = act.value if act else THEIR_WORDS
    piece = Evidence(act_name, author.at, kind="note", actor=EvidenceActor.BUYER, act=act, contact_ids=people)
    return (_dated(author, piece, text),)


def sides_of(session: Session, workspace_id: str, state: AccountState) -> Sides:
    """Return the names and domains by which the buyer and we are known."""
    members = people.own_members(session, workspace_id)
    return replace(
        buyer_sides(state),
        our_names=frozenset(word for name, _ in members for word in name_words(name)),
        our_domains=own_domains(session, workspace_id, members) - {state.profile.domain},
    )


# Evidence of a step that was claimed before.


def prove(
    session: Session, author: Author, found: LockedAccount, *, to_stage: Stage, text: str, evidence: Sequence[Evidence]
) -> Recorded:
    """Record evidence of a stage that was claimed.

    Without `evidence` the words of `text` are it, if they name an act that counts. Raises Refused when the account is
    at another stage, at Target, or has evidence of its stage already, for a page given before, and for a piece that
    cannot show the step; NothingShows when there is no evidence.
    """
    state = found.state
    if state.stage is not to_stage:
        raise Refused(
            f"{state.name} is not at {STAGE_LABELS[to_stage]} any more but at {STAGE_LABELS[state.stage]}: nothing "
            "recorded."
        )
    if to_stage is Stage.TARGET:
        raise Refused(f"{state.name} is at Target already, where every account begins. Leave the stage out.")
    if state.stage_has_evidence:
        raise Refused(
            f"{state.name} is at {STAGE_LABELS[to_stage]} already, and that has its evidence. "
            "Leave the stage out to record news."
        )
    evidence = evidence or _words_as_evidence(session, author, state, text)
    if not evidence:
        raise NothingShows(
            f"{state.name} is at {STAGE_LABELS[to_stage]} already, and nothing shows it yet. "
            "Put a link to what shows it into the text, or press Add evidence on its card."
        )
    _refuse_known(session, state, evidence)
    pieces = with_actors(session, author, state, text=text, evidence=evidence, step=to_stage)
    return record_and_show(
        session, author, state.account_id, EvidenceAdded(to_stage.value, text), evidence=pieces, found=found
    )


def _words_as_evidence(session: Session, author: Author, state: AccountState, text: str) -> tuple[Evidence, ...]:
    """Return the words themselves as evidence of a claim, if they plainly name an act that counts."""
    actor = read_actor(text, sides=sides_of(session, author.workspace_id, state))
    return (Evidence(text, author.at, kind="note", actor=actor, act=read_act(text)),) if actor in COUNTING else ()


def _refuse_known(session: Session, state: AccountState, evidence: Sequence[Evidence]) -> None:
    """Refuse a page given before for the stage, unless an actor is chosen now who differs from what was read then."""
    actor_of_page = {page_of(piece.url): piece.actor for piece in evidence if piece.url}
    if not actor_of_page:
        return
    for event in uncorrected(map(event_facts, events.of_account(session, state.account_id))):
        for piece in event.evidence:
            page = page_of(piece.url)
            if page in actor_of_page and piece.step == state.stage.value and actor_of_page[page] in (None, piece.actor):
                raise Refused(
                    f"That link was given already, by <@{event.actor}>, and does not show the step by itself. "
                    "Choose who acted under Add evidence, or give another link."
                )


def say_it_shows_the_step(session: Session, author: Author, event_id: int, step: Stage) -> Recorded:
    """Record that the buyer's act of an event shows the claimed step to the stage `step`.

    Raises Outdated when another step is claimed by now or none, or the event is from before it; Refused for an act of
    ours, and when the account left the list.
    """
    event = _locked_entry(session, author, event_id)
    state = find_open(session, author, event.account_id).state
    now_at = STAGE_LABELS[state.stage]
    if state.stage is not step:
        raise Outdated(f"{state.name} is at {now_at} by now, so that is no evidence of {STAGE_LABELS[step]}.")
    if state.stage_has_evidence:
        raise Outdated(f"{state.name} is at {now_at} with evidence already.")
    if state.stage_since is not None and event.happened_at < state.stage_since:
        raise Outdated(
            f"That entry is from before {state.name} moved to {now_at}. Press Add evidence on its card to give what "
            "shows the step."
        )
    actor = next((piece.actor for piece in event.evidence if piece.actor and is_buyers_act(piece)), None)
    if actor is None:
        raise Refused("Only the buyer's act, or a third party's proof of it, shows a step.")
    return judge(session, author, event_id, actor, step=step.value)


# Whose act the evidence of an entry is, as somebody says later; many entries are answered at once.


def judge(
    session: Session,
    author: Author,
    event_id: int,
    actor: EvidenceActor,
    *,
    act: BuyerAct | None = None,
    step: str = "",
) -> Recorded:
    """Record whose act the evidence of an event is, and which step it shows.

    Raises Outdated when the event was taken back, has no evidence, or was judged so already, and Refused when its
    account left the list.
    """
    event = _locked_entry(session, author, event_id)
    found = find_open(session, author, event.account_id)
    verdict = verdict_of(event, actor, sides_of(session, author.workspace_id, found.state), act=act, step=step)
    if with_verdict(event, verdict) == event:
        raise Outdated("That was said already; nothing changes.")
    return record_and_show(session, author, event.account_id, verdict, found=found)


def verdict_of(
    event: EventFacts, actor: EvidenceActor, sides: Sides, *, act: BuyerAct | None = None, step: str = ""
) -> EvidenceJudged:
    """Return the judgment of an event's evidence.

    An act of the buyer is credited to the people whom its words name, unless somebody is credited with it already.
    """
    verdict = EvidenceJudged(event.id, actor, act, step)
    is_uncredited = actor is EvidenceActor.BUYER and not any(piece.contact_ids for piece in event.evidence)
    people = acting_in(event, sides).credited if is_uncredited else ()
    return _credited_to(verdict, people) if people else verdict


@dataclass(frozen=True, slots=True)
class JudgmentsRecorded:
    """Ids of the judgments recorded, and the number of entries that were settled or taken back meanwhile."""

    recorded: tuple[int, ...]
    left_out: int


def answer(session: Session, author: Author, given: Mapping[int, EvidenceActor]) -> JudgmentsRecorded:
    """Record whose act the evidence of these events (by id) is, one judgment for each that is still undecided.

    Of the buyer's acts, which act it was is read from the entry's words. Events of other workspaces are left out.
    """
    by_account: dict[int, list[int]] = {}
    for row in events.get_many(session, list(given)):
        if row.workspace_id == author.workspace_id:
            by_account.setdefault(row.account_id, []).append(row.row_id)
    rows = {row.row_id: row for row in accounts.get_many(session, author.workspace_id, list(by_account), lock=True)}
    undecided = {each: undecided_among(session, each, sorted(ids)) for each, ids in by_account.items()}
    judgments: dict[int, list[NewEntry]] = {}
    for account_id, entries in undecided.items():
        sides = sides_of(session, author.workspace_id, current_state(session, rows[account_id]))
        for event in entries:
            actor = given[event.id]
            act = read_act(evidence_words(event)) if actor is EvidenceActor.BUYER else None
            judgments.setdefault(account_id, []).append(NewEntry(verdict_of(event, actor, sides, act=act)))
    recorded = record_many(session, author, judgments)
    return JudgmentsRecorded(tuple(event.id for event in recorded), len(given) - sum(map(len, undecided.values())))


# Who of the buyer's people did what an entry says.


def credit(
    session: Session, author: Author, event_id: int, contact_ids: Collection[int], *, besides_known: bool = False
) -> Recorded:
    """Record that these people of the account did what the evidence of an event shows.

    They replace those credited before, or with `besides_known` are added to them. Raises Outdated where that changes
    nothing, the event is gone or a person is not in the group any more, Refused when the account left the list.
    """
    event = _locked_entry(session, author, event_id)
    found = find_open(session, author, event.account_id)
    credited_ids = {*contact_ids, *(credited_by(event) if besides_known else ())}
    people = [each for each in found.state.contacts if each.id in credited_ids]
    if not {*contact_ids} <= {each.id for each in people}:
        raise Outdated(f"That person is not in the group of {found.state.name} any more.")
    verdict = _credited_to(_unchanged(event), people)
    if with_verdict(event, verdict) == event:
        raise Outdated("That was said already; nothing changes.")
    return record_and_show(session, author, event.account_id, verdict, found=found)


def credit_earlier(session: Session, author: Author, recorded: Recorded, contact_id: int) -> Recorded:
    """Credit the person with the acts in earlier entries under their name; return `recorded` with the account then."""
    after = recorded.after
    history = map(event_facts, events.of_account(session, after.account_id))
    for verdict in earlier_acts(history, {contact_id}, sides_of(session, author.workspace_id, after)):
        after = record(session, author, after.account_id, verdict).after
    return replace(recorded, after=after)


def earlier_acts(history: Iterable[EventFacts], contact_ids: Collection[int], sides: Sides) -> list[EvidenceJudged]:
    """Return the judgments that credit these new people with the acts that an account's entries say they did.

    Where somebody said before who acted, only people who were added to the group after that are credited. An entry that
    would credit others besides these people is left as it is.
    """
    known, found = uncorrected(history), []
    judged_at = {
        each.change.event_id: each.id
        for each in known
        if isinstance(each.change, EvidenceJudged) and each.change.contact_ids is not None
    }
    for event in filter(is_of_the_buyer, known):
        # a person's id is that of the entry that added them, so a higher one than the judgment's was added after it
        acted = {each.id for each in acting_in(event, sides).credited if each.id > judged_at.get(event.id, 0)}
        credited = {*credited_by(event)}
        missing = acted - credited
        if missing and missing <= {*contact_ids}:
            people = [each for each in sides.people if each.id in acted | credited]
            found.append(_credited_to(_unchanged(event), people))
    return found


def _unchanged(event: EventFacts) -> EvidenceJudged:
    """A judgment that repeats what is known of the event's evidence; evidence of nobody becomes the buyer's."""
    piece = next((each for each in event.evidence if is_buyers_act(each)), None)
    if piece is None:
        return EvidenceJudged(event.id, EvidenceActor.BUYER)
    return EvidenceJudged(event.id, piece.actor or EvidenceActor.BUYER, piece.act, piece.step)


def _credited_to(verdict: EvidenceJudged, people: Sequence[Contact]) -> EvidenceJudged:
    """The judgment with these people as those who acted."""
    ids, names = tuple(each.id for each in people), ", ".join(each.profile.name for each in people)
    return replace(verdict, contact_ids=ids, by=names)


def _locked_entry(session: Session, author: Author, event_id: int) -> EventFacts:
    """Return an event with evidence as people judged it, its account locked. Raises Outdated when it is gone."""
    row = events.get(session, author.workspace_id, event_id)
    if row is not None:
        accounts.get(session, author.workspace_id, row.account_id, lock=True)
    return current_entry(session, author.workspace_id, event_id)


def current_entry(session: Session, workspace_id: str, event_id: int) -> EventFacts:
    """Return an event with evidence as people judged it. Raises Outdated when it was taken back or is not there."""
    row = events.get(session, workspace_id, event_id)
    if row is None:
        raise Outdated("That entry is not in the history.")
    known = uncorrected(map(event_facts, events.of_account(session, row.account_id)))
    event = next((each for each in known if each.id == event_id), None)
    if event is None or not event.evidence:
        raise Outdated("That entry was taken back, so its evidence counts for nothing.")
    return event


# Accounts that take updates: those that did not leave the list.

LEFT = {ListStatus.REMOVED: "removed from the list", ListStatus.REJECTED: "rejected"}


def find_open(session: Session, author: Author, account_id: int) -> LockedAccount:
    """Return the account, locked for a change. Raises Outdated when there is none, Refused when it left the list."""
    found = find(session, author.workspace_id, account_id)
    refuse_closed(session, author, found.state)
    return found


def refuse_closed(session: Session, author: Author, state: AccountState) -> None:
    """Raise Refused when the account left the list, with how to bring it back."""
    if state.list_status.is_closed:
        since = f" on {day_text(local_date(state.list_changed_at, author.zone))}" if state.list_changed_at else ""
        longer = reads.longer_names(session, author.workspace_id, state.account_id, state.name)
        meant = f" If {' or '.join(longer)} is meant, type the whole name." if longer else ""
        raise Refused(
            f"{state.name} was {LEFT[state.list_status]}{since}, so nothing was "
            f"recorded. Bring it back with /account restore {state.name} because TEXT.{meant}"
        )
