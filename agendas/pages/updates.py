"""What a person sees once an update is recorded, or was recorded already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from agendas.errors import OpenAlready, Outdated, RecordedAlready
from agendas.facts.account import AccountState, EventFacts, ListStatus
from agendas.facts.audience import PrivacySet
from agendas.facts.events import ListChanged, Moved, Nominated
from agendas.facts.evidence import EvidenceActor, EvidenceJudged
from agendas.facts.people import Lead
from agendas.facts.plays import PlayRun
from agendas.pages.accounts import CORRECT, LARGEST_ID
from agendas.pages.group import people_lines
from agendas.rendering.blockkit import BUTTON_VALUE_CHARACTERS
from agendas.rendering.mrkdwn import Mrkdwn, escape, length, read
from agendas.rendering.page import Button, Buttons, Item, Line, Note, Page, Text
from agendas.rendering.words import Words, day, labelled
from agendas.rules.account_list import missing_parts
from agendas.rules.commands import ITEM
from agendas.rules.deals import silence_ended
from agendas.rules.entries import COUNTING
from agendas.rules.fold import subject_of
from agendas.rules.history import lasting_effects
from agendas.rules.plays import tier_worked
from agendas.rules.update_words import ActionUpdate

# The outcome of an update's evidence, for its receipt, with the buttons that settle what is open.


class EvidenceOutcome(StrEnum):
    """Outcome of an update's evidence: a step shown, a silence ended, or neither.

    `SHOWN` is evidence of a stage that counted before, `REPORTED` what a third party says about the buyer.
    `FROM_CRM` and `OPEN_DEAL` are stages confirmed from a deal, the first without movement, the second claimed.
    """

    PROVED = "proved"
    SHOWN = "shown"
    FROM_CRM = "from_crm"
    HEARD = "heard"
    REPORTED = "reported"
    OURS = "ours"
    OPEN_DEAL = "open_deal"
    IN_DOUBT = "in_doubt"
    CLAIMED = "claimed"
    NONE = "none"


def outcome_of(event: EventFacts, before: AccountState, after: AccountState) -> EvidenceOutcome:
    """Return what the event's evidence did to the account: proved a step, was noted, or waits for a decision.

    Evidence of several actors counts as that of the first of: one that counts, one in doubt, us. Without any, a step
    up is claimed, and anything else has no outcome.
    """
    change = event.change
    actors = {change.actor} if isinstance(change, EvidenceJudged) else {piece.actor for piece in event.evidence}
    is_up = isinstance(change, Moved) and after.stage.rank > before.stage.rank
    if actors & {*COUNTING}:
        if after.stage_has_evidence and (is_up or not before.stage_has_evidence):
            if isinstance(change, Moved) and change.from_deal and (change.is_reclassified or not change.since_known):
                return EvidenceOutcome.FROM_CRM
            # evidence of a stage that was proved before, from which the account came back, only shows it again
            is_new = (before.claimed_from or before.stage).rank < after.stage.rank
            return EvidenceOutcome.PROVED if is_new else EvidenceOutcome.SHOWN
        return EvidenceOutcome.HEARD if EvidenceActor.BUYER in actors else EvidenceOutcome.REPORTED
    if EvidenceActor.IN_DOUBT in actors:
        return EvidenceOutcome.IN_DOUBT
    if EvidenceActor.US in actors:
        return EvidenceOutcome.OPEN_DEAL if isinstance(change, Moved) and change.from_deal else EvidenceOutcome.OURS
    return EvidenceOutcome.CLAIMED if is_up and not after.stage_has_evidence else EvidenceOutcome.NONE


# Confirmation of an update: to its author with Undo, in the account's thread, and once taken back.


@dataclass(frozen=True, slots=True)
class RecordedFacts:
    """An event, and the account before and after it.

    `alike` are other accounts that a nominated one begins like, `out_of_tier` running plays that a new tier does not
    allow. `text` is what was recorded with evidence that the event judges. `lead` is the function that a new blocker
    needs, with its lead if the lead is asked. `unseen_by` are people asked who may not see the account. `zone` is the
    reader's.
    """

    event: EventFacts
    before: AccountState
    after: AccountState
    alike: tuple[str, ...] = ()
    out_of_tier: tuple[PlayRun, ...] = ()
    text: str = ""
    lead: Lead | None = None
    unseen_by: tuple[str, ...] = ()
    zone: str = "UTC"

    @property
    def subject(self) -> str:
        return self.text or subject_of(self.event, self.before)

    @property
    def outcome(self) -> EvidenceOutcome:
        return outcome_of(self.event, self.before, self.after)

    @property
    def is_claim(self) -> bool:
        """True for a step up that nothing shows yet."""
        is_up = isinstance(self.event.change, Moved) and self.after.stage.rank > self.before.stage.rank
        return is_up and not self.after.stage_has_evidence


def recorded_page(facts: RecordedFacts, words: Words, *, can_undo: bool = True) -> Page:
    """Return the update with its account, its evidence or that it is only claimed, and Undo with the event's id.

    A nomination has no Undo, because the account would be left without its first entry: a note says how to reject it.
    A change of who may see an account has none either: that is set again.
    """
    sentence, key = _recorded(facts, words), f"recorded-{facts.event.id}"
    if isinstance(facts.event.change, Nominated):
        note = Note(words.say("history.nominated_note", name=facts.after.name, alike=facts.alike))
        return Page(read(sentence), (Text(sentence), note), key=key)
    if not can_undo or isinstance(facts.event.change, PrivacySet):
        return Page(read(sentence), (Text(sentence),), key=key)
    buttons = Buttons((*_settling(facts, words, updates=1), _undo(facts, words, updates=1)))
    people = people_lines(facts.event, facts.after, words, text=facts.text, zone=facts.zone)
    more: tuple[Item, ...] = (*people, *_gap(facts, words), *_plays(facts, words), *_lead(facts, words))
    return Page(read(sentence), (Text(sentence), *more, buttons), key=key)


def recorded_several_page(found: Sequence[RecordedFacts], words: Words) -> Page:
    """Return the updates of one form: a line for each event with its own Undo, and what settles its evidence."""
    if len(found) == 1:
        return recorded_page(found[0], words)
    lines = update_lines(found, words)
    title = " ".join(read(line.mrkdwn) for line in lines if isinstance(line, Line))
    key = f"recorded-{found[0].event.id}" if found else "recorded"
    plays = [line for facts in found for line in _plays(facts, words)]
    leads = [note for facts in found for note in _lead(facts, words)]
    return Page(title, (*lines, *plays, *leads), key=key)


def _lead(facts: RecordedFacts, words: Words) -> tuple[Note, ...]:
    """That the lead of the function that a blocker needs is asked, or why nobody is; and who may not see it.

    A lead who recorded the blocker, or may not see the account, is not named as asked.
    """
    values = {"people": facts.unseen_by, "channel_id": facts.after.private_channel}
    unseen = (Note(words.say("history.unseen_by", **values)),) if facts.unseen_by else ()
    person = facts.lead.person if facts.lead else None
    if facts.lead is None or (person and person.user_id in (facts.event.actor, *facts.unseen_by)):
        return unseen
    return (*unseen, Note(words.say("history.lead_asked", lead=facts.lead)))


def update_lines(found: Sequence[RecordedFacts], words: Words) -> list[Line | Buttons | Text]:
    """Return a line for each of several updates with its own Undo, what it leaves open, and what settles its evidence.

    The first one of an account names it. An update that asks nothing has no buttons below its line.
    """
    lines: list[Line | Buttons | Text] = []
    named_id = 0
    for facts in found:
        sentence = _recorded(facts, words, is_more=facts.after.account_id == named_id)
        named_id = facts.after.account_id
        people = people_lines(facts.event, facts.after, words, text=facts.text, zone=facts.zone, updates=len(found))
        lines += [Line(sentence, _undo(facts, words, updates=len(found))), *people, *_gap(facts, words)]
        if settling := _settling(facts, words, updates=len(found)):
            lines.append(Buttons(settling))
    return lines


def thread_line_page(
    facts: RecordedFacts, words: Words, *, late_for: date | None = None, is_named: bool = False
) -> Page:
    """Return the update in one line for a review's thread; `late_for` is the day of the review that closed before it.

    `is_named` puts the account's name first, for the header's thread, which the accounts without a message share.
    """
    sentence = words.say(
        "history.thread_line",
        late=late_for,
        event=facts.event,
        before=facts.before,
        claimed=facts.is_claim,
        subject=facts.subject,
        name=facts.after.name if is_named else "",
    )
    return Page(read(sentence), (Text(sentence),), key=f"line-{facts.event.id}")


def undone_page(facts: RecordedFacts, words: Words) -> Page:
    """That an event was taken back, for the person who did; it takes the place of `recorded_page`."""
    values = {"event": facts.event, "before": facts.before, "after": facts.after, "subject": facts.subject}
    sentence = words.say("history.undone", **values)
    return Page(read(sentence), (Text(sentence),), key=f"undone-{facts.event.id}")


def too_late_page(sentence: str, account_id: int, event_id: int, words: Words) -> Page:
    """That an event cannot be undone any more, with the form to correct it."""
    # the form offers the entries before this id, the event first
    correct = labelled(words, CORRECT, f"{account_id} {event_id + 1}")
    return Page(sentence, (Text(escape(sentence)), Buttons((correct,))), key=f"late-{event_id}")


def thread_undone_page(
    facts: RecordedFacts,
    correction: EventFacts,
    words: Words,
    *,
    zone: str,
    late_for: date | None = None,
    is_named: bool = False,
) -> Page:
    """That an event was undone or corrected, in a review's thread; `late_for`: the day of the review closed before."""
    sentence = words.say(
        "history.thread_undone",
        event=facts.event,
        before=facts.before,
        subject=facts.subject,
        correction=correction,
        zone=zone,
        late=late_for,
        name=facts.after.name if is_named else "",
    )
    return Page(read(sentence), (Text(sentence),), key=f"line-undone-{facts.event.id}")


def _gap(facts: RecordedFacts, words: Words) -> tuple[Line, ...]:
    """The justification's missing parts after an account was named or changed its tier, with the form; else nothing."""
    change, account = facts.event.change, facts.after
    is_naming = isinstance(change, ListChanged) and change.status == ListStatus.NAMED
    missing = missing_parts(account) if is_naming else ()
    if not missing:
        return ()
    sentence = words.say("narrative.why_gap", name=account.name, missing=missing)
    return (Line(sentence, labelled(words, "list.fill", str(account.account_id))),)


def corrected_page(facts: RecordedFacts, correction: RecordedFacts, words: Words, *, others: int = 0) -> Page:
    """The receipt of a correction, for its author; `others` counts later entries that were corrected with it."""
    sentence = words.say(
        "history.corrected_receipt",
        event=facts.event,
        before=facts.before,
        subject=subject_of(facts.event, facts.before),
        correction=correction.event,
        after=correction.after,
        others=others,
        left=lasting_effects(facts.event.change, correction.after),
    )
    return Page(read(sentence), (Text(sentence),), key=f"corrected-{facts.event.id}")


def _settling(facts: RecordedFacts, words: Words, *, updates: int) -> tuple[Button, ...]:
    """The buttons that settle whose act it was, or that prove a stage which is still only claimed; else none.

    `updates` is how many the receipt has. An answer about evidence is not asked about again.
    """
    outcome, is_claimed, value = facts.outcome, facts.after.claimed_from is not None, f"{facts.event.id} {updates}"
    if outcome is EvidenceOutcome.IN_DOUBT and not isinstance(facts.event.change, EvidenceJudged):
        return (labelled(words, "evidence.theirs", value), labelled(words, "evidence.ours", value))
    if outcome in (EvidenceOutcome.HEARD, EvidenceOutcome.REPORTED) and is_claimed:
        entry_id = facts.event.change.event_id if isinstance(facts.event.change, EvidenceJudged) else facts.event.id
        return (labelled(words, "evidence.shows", f"{entry_id} {updates} {facts.after.stage}"),)
    if is_claimed and outcome in (EvidenceOutcome.OURS, EvidenceOutcome.OPEN_DEAL, EvidenceOutcome.CLAIMED):
        return (labelled(words, "evidence.add", str(facts.after.account_id)),)
    return ()


def _recorded(facts: RecordedFacts, words: Words, *, is_more: bool = False) -> str:
    """The sentence of the update; `is_more` leaves out the account, which the line before it names."""
    return words.say(
        "history.recorded",
        event=facts.event,
        before=facts.before,
        after=facts.after,
        outcome=facts.outcome,
        silent_days=silence_ended(facts.before, facts.after, facts.zone),
        subject=facts.subject,
        is_more=is_more,
    )


def _plays(facts: RecordedFacts, words: Words) -> list[Line]:
    """A line for each running play that the new tier does not allow, with the button that ends it."""
    name, account_id = facts.after.name, facts.after.account_id
    return [
        Line(
            words.say("plays.left_behind", run=run, name=name, tier=tier_worked(facts.after)),
            labelled(words, "plays.end", f"{account_id} {run.id}"),
        )
        for run in facts.out_of_tier
    ]


def read_event(value: str) -> tuple[int, bool]:
    """The event that a button of a receipt is about, and whether the message holds no other update.

    `71` and `71 1` are event 71 alone in its message, `71 3` is event 71 in a message of three updates. Raises Outdated
    when the button carries no event.
    """
    event_id, _, count = value.partition(" ")
    if not _is_id(event_id):
        raise Outdated(
            "This comes from another version of Cadence and does nothing here. The history shows what counts."
        )
    return int(event_id), count in ("", "1")


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < len(str(LARGEST_ID))


def _undo(facts: RecordedFacts, words: Words, *, updates: int) -> Button:
    """The Undo of the update; `updates` is how many the receipt has."""
    # Slack does not send a message that only one person sees along with a click on it, so the button says what it holds
    return labelled(words, "undo", f"{facts.event.id} {updates}")


# The question about something that was recorded a moment ago: is it a second one, or was it one?

AGAIN, ONE, ANOTHER = "repeat.again", "repeat.one", "repeat.another"


def recorded_already_page(error: RecordedAlready, words: Words, *, command: str) -> Page:
    """Return the question, with a button that runs the command all the same and one that shows what is there.

    Of an action that is open already there is also a button to move it, where the wanted day is later.
    A command that is too long for a button is shown instead, so that it can be copied.
    """
    asked = recorded_already_line(error, words)
    # JSON can bring half of a character of two UTF-16 units, which cannot be sent
    value = command.encode("utf-8", "replace").decode()
    one = labelled(words, ONE, error.what)
    if length(value) > BUTTON_VALUE_CHARACTERS:
        too_long = Text(words.say("answers.repeat_too_long", command=value))
        return Page(read(asked), (Text(asked), Buttons((one,)), too_long), key="repeat")
    if isinstance(error, OpenAlready):
        another = labelled(words, ANOTHER, value)
        return Page(read(asked), (Text(asked), Buttons((*_move(error), another, one))), key="repeat")
    return Page(read(asked), (Text(asked), Buttons((labelled(words, AGAIN, value), one))), key="repeat")


def recorded_already_line(error: RecordedAlready, words: Words, *, is_form: bool = False) -> Mrkdwn:
    """Return the sentence that it was recorded, and when; in a form with what to press."""
    if isinstance(error, OpenAlready):
        about = {"name": error.name, "text": error.text, "owner": error.owner, "due_on": error.due_on}
        return words.say("answers.open_already", **about, wanted_on=error.wanted_on, is_form=is_form)
    return words.say(
        "answers.recorded_already",
        name=error.name,
        text=error.text,
        due_on=error.due_on,
        at=error.at,
        zone=error.zone,
        is_form=is_form,
    )


def _move(error: OpenAlready) -> tuple[Button, ...]:
    """The button that moves the open action to the wanted day, if that is later."""
    if error.due_on is None or error.wanted_on <= error.due_on:
        return ()
    name = error.name.replace('"', "")
    moved = f'/next "{name}" {ActionUpdate.SLIPPED} {ITEM}{error.action_id}{ITEM} to {error.wanted_on.isoformat()}'
    return (Button(f"Move it to {day(error.wanted_on)}", f"{AGAIN}/move", moved),)


def read_what(value: str) -> tuple[str, int]:
    """The kind and the id in a button's value, `event 71` or `signal 8`. Raises Outdated for any other value."""
    kind, _, row_id = value.partition(" ")
    if kind not in ("event", "signal") or not _is_id(row_id):
        raise Outdated("This comes from another version of Cadence and does nothing here. Enter it anew.")
    return kind, int(row_id)
