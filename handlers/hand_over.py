"""Everything that a person answers for, handed over to others."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlmodel import Session

from agendas.errors import FieldProblems, NotUnderstood, Outdated, Refused
from agendas.facts.audience import Audience
from agendas.pages.people import UNDO, Given, Sum, done_page, giver_page, receiver_pages
from agendas.rendering.blockkit import messages
from agendas.rendering.mrkdwn import escape
from agendas.rendering.page import sentence_page
from agendas.rendering.words import Words, spoken
from agendas.rules.access import Permission
from agendas.text.evidence import MENTION
from agendas.text.limits import shortened
from agendas.verbs.letters import queue_page_to
from agendas.verbs.notices import who_may_act
from agendas.verbs.people import HandedOver, Responsibilities, give_all, held_by, take_back_hand_over
from agendas.verbs.privacy import hidden_from
from handlers import forms
from handlers.edge.deps import Deps
from handlers.edge.incoming import Field, Values, message_view, values_of
from handlers.edge.replies import NextView, OpenModal, Reply, Say, View
from handlers.edge.request import OTHER_VERSION, Request, number_in
from handlers.people import nobody_called
from handlers.subject import Subject

# The form of what a person answers for with who gets it, and the preview of who would get what.

FRAME = forms.Frame("hand_over", "Hand over", "Preview")
SURE = forms.Frame("hand_over_sure", "Hand over", "Hand over")
TO = "to"
"""The name of the field for everything that has no field of its own; an account's own is named `to/ID`."""
ROWS = 40
"""Accounts with a field of their own: what is chosen has to fit into the preview's metadata."""


def build(
    origin: forms.Origin,
    user_id: str,
    rows: Sequence[tuple[int, Sum]],
    total: Sum,
    words: Words,
    *,
    entered: Values | None = None,
    note: str = "",
) -> View:
    """The form: who gets everything, and below it each account for which somebody else may be named.

    `rows` are (account id, what the person holds there), `total` all of it, `entered` the people chosen before.
    """
    had = entered or {}
    blocks: list[Field] = [
        *([forms.small(escape(shortened(note, 1_000)))] if note else []),
        forms.line(words.say("away.whose", user_id=user_id, sum=total)),
        forms.small(words.say("away.unseen")),
        forms.person(TO, "To", initial=had.get(TO, "")),
    ]
    for account_id, sum_there in rows[:ROWS]:
        name = f"{TO}/{account_id}"
        label = words.raw("away.row", name=sum_there.names[0], sum=sum_there)
        blocks.append(forms.person(name, label[:150], initial=had.get(name, ""), optional=True))
    if len(rows) > ROWS:
        blocks.append(forms.small(words.say("away.rest", count=len(rows) - ROWS)))
    return forms.form(FRAME, _carrying(origin, user_id, had), blocks)


def build_sure(origin: forms.Origin, user_id: str, entered: Values, given: Given, words: Words) -> View:
    """The preview: what each person would get. `given` are (user id, all that they would get)."""
    lines = [forms.line(words.say("away.gets", user_id=receiver, sum=gets)) for receiver, gets in given]
    return forms.form(SURE, _carrying(origin, user_id, entered), [*lines, forms.small(words.say("away.unseen"))])


def read_receivers(view: dict[str, Any]) -> Values:
    """Who was chosen, by field name. Raises FieldProblems when nobody is chosen for the rest (field `to`)."""
    entered = {name: value for name, value in values_of(view).items() if value and name.split("/")[0] == TO}
    if TO not in entered:
        raise FieldProblems({TO: "Choose who gets what nobody else is named for."})
    return entered


def read_sure(view: dict[str, Any]) -> tuple[str, Values]:
    """The person whose things they are, and the people chosen, from `U1 to=U2 to/7=U3`. Raises Outdated for less."""
    user_id, *chosen = forms.origin_of(view).subject.split(" ")
    entered = dict(each.split("=", 1) for each in chosen if "=" in each)
    if not user_id or TO not in entered:
        raise Outdated(OTHER_VERSION)
    return user_id, entered


def receivers_of(entered: Values) -> Mapping[int, str]:
    """The people named for accounts of their own, by its id."""
    return {number_in(name.partition("/")[2]): who for name, who in entered.items() if "/" in name}


def _carrying(origin: forms.Origin, user_id: str, entered: Values) -> forms.Origin:
    """The origin with the subject `U1 to=U2 to/7=U3`: whose things they are, and who was chosen, by field name."""
    subject = " ".join((user_id, *(f"{name}={who}" for name, who in entered.items())))
    return forms.Origin(channel_id=origin.channel_id, subject=subject)


# /abm hand over @who: the form, its preview, and Undo. One's own things are for editors, another's for admins.

MOST_EVENTS = 5_000
USAGE = "Say whose accounts and open items are handed over: /abm hand over @who."


async def hand_over(request: Request, deps: Deps, rest: str) -> Reply:
    """The form with the responsibilities of `over @who`, or the asker's own; a sentence where there are none."""
    word, _, typed = rest.strip().partition(" ")
    if word.casefold() != "over":
        raise NotUnderstood(USAGE)
    wanted = typed.strip()
    found = MENTION.fullmatch(wanted)
    if wanted and found is None:
        if wanted.startswith("@"):
            raise await nobody_called(request, deps, wanted, "/abm hand over {}")
        raise NotUnderstood(USAGE)
    user_id = found[1] if found else request.person.user_id
    _require(request, user_id)
    responsibilities = await deps.read(held_by, request.workspace_id, user_id)
    if not responsibilities:
        return Say(sentence_page(deps.words.say("away.hand_over_nothing", user_id=user_id)))
    return OpenModal(_form(deps, forms.origin_here(request), user_id, responsibilities))


class _Fits(Exception):
    """Raised at the end of a trial in which everything could be handed over, so that nothing of it is kept."""


async def previewed(request: Request, deps: Deps) -> Reply:
    """The preview of who would get what; the form again with the reason where a limit or privacy forbids it."""
    origin = forms.origin_of(request.view)
    user_id = origin.subject.split(" ")[0]
    _require(request, user_id)
    entered = read_receivers(request.view)
    responsibilities = await deps.read(held_by, request.workspace_id, user_id)

    def try_it(session: Session) -> None:
        """Hand everything over and raise _Fits. Raises Refused where a limit or privacy forbids it."""
        give_all(session, request.author, user_id, receivers_of(entered), entered[TO])
        raise _Fits

    # tried and taken back by the exception, so that what forbids it shows before anything is given
    try:
        await deps.write(request, try_it)
    except Refused as error:
        return NextView(_form(deps, origin, user_id, responsibilities, entered=entered, note=str(error)))
    except _Fits:
        pass
    receivers, by_receiver = receivers_of(entered), dict[str, list[Responsibilities]]()
    for each in responsibilities:
        by_receiver.setdefault(receivers.get(each.account.account_id, entered[TO]), []).append(each)
    return NextView(build_sure(origin, user_id, entered, _sums_by_person(by_receiver), deps.words))


async def confirmed(request: Request, deps: Deps) -> Reply:
    """Hand everything over with one message to each person concerned; show the form again if a limit forbids it."""
    origin, (user_id, entered) = forms.origin_of(request.view), read_sure(request.view)
    _require(request, user_id)
    author = request.author

    def give(session: Session) -> HandedOver:
        """Hand everything over and queue the messages about it."""
        done = give_all(session, author, user_id, receivers_of(entered), entered[TO])
        _notify_receivers(session, request, deps.words, user_id, done)
        return done

    try:
        done = await deps.write(request, give)
    except Refused as error:
        responsibilities = await deps.read(held_by, request.workspace_id, user_id)
        return NextView(_form(deps, origin, user_id, responsibilities, entered=entered, note=str(error)))
    undo_value = " ".join((user_id, ",".join(done.given), _number_ranges(done.event_ids)))
    page = done_page(user_id, _sums_by_person(done.given), deps.words, undo=undo_value)
    return NextView(message_view(page, title="Hand over"))


async def undo(request: Request, deps: Deps) -> Reply:
    """Take back a hand-over, with a message to everybody it concerned; the button carries `U1 U2,U3 3-5,9-9`."""
    user_id, _, receivers_and_ranges = request.value.partition(" ")
    receivers, _, ranges = receivers_and_ranges.partition(" ")
    _require(request, user_id)
    event_ids = [event_id for span in ranges.split(",") for event_id in _numbers_of_range(span)]
    sentence = deps.words.say("away.undone", by=request.person.user_id, user_id=user_id)

    def take(session: Session) -> None:
        """Undo the events, and queue a message for everybody concerned but the person who pressed."""
        take_back_hand_over(session, request.author, user_id, event_ids)
        concerned = {user_id, *receivers.split(",")} - {request.person.user_id}
        for reader in who_may_act(session, request.workspace_id, concerned):
            key = f"hand-over:{event_ids[0]}:undone:{reader}"
            rendered = messages(sentence_page(sentence))
            queue_page_to(session, request.workspace_id, reader, rendered, key=key, now=request.now)

    await deps.write(request, take)
    return Say(sentence_page(sentence))


def _require(request: Request, user_id: str) -> None:
    """Require the right to record for one's own things, an admin's for somebody else's."""
    request.require(Permission.RECORD if user_id == request.person.user_id else Permission.ADMINISTER)


def _form(
    deps: Deps,
    origin: forms.Origin,
    user_id: str,
    responsibilities: Sequence[Responsibilities],
    *,
    entered: Values | None = None,
    note: str = "",
) -> View:
    """The form of what the person holds, by account and in all, with who was chosen and a note of what is wrong."""
    rows = [(each.account.account_id, _sum_of_responsibilities([each])) for each in responsibilities]
    total = _sum_of_responsibilities(responsibilities)
    return build(origin, user_id, rows, total, deps.words, entered=entered, note=note)


def _notify_receivers(session: Session, request: Request, words: Words, user_id: str, done: HandedOver) -> None:
    """Queue a message for each who got something; whose it was, if another gave it, reads of accounts they may see."""
    hidden = hidden_from(session, Audience(request.workspace_id, user_id=user_id), request.now)
    visible = {
        who: [each for each in received if each.account.account_id not in hidden]
        for who, received in done.given.items()
    }
    by = request.person.user_id
    pages = receiver_pages(by, user_id, _sums_by_person(done.given), words)
    if user_id != by and (given_away := _sums_by_person(visible)):
        pages[user_id] = giver_page(by, given_away, words)
    for reader in who_may_act(session, request.workspace_id, pages):
        key = f"hand-over:{done.event_ids[0]}:{reader}"
        queue_page_to(session, request.workspace_id, reader, messages(pages[reader]), key=key, now=request.now)


def _sums_by_person(given: Mapping[str, Sequence[Responsibilities]]) -> Given:
    """(user id, sum of what they get) for each person who gets anything."""
    return [(who, _sum_of_responsibilities(received)) for who, received in given.items() if received]


def _sum_of_responsibilities(summed: Sequence[Responsibilities]) -> Sum:
    """What these responsibilities are in all, as the form and the messages name them."""
    return Sum(
        names=tuple(each.account.name for each in summed),
        owned=sum(bool(each.roles) for each in summed),
        roles=tuple(spoken(role) for each in summed for role in each.roles),
        actions=sum(len(each.actions) for each in summed),
        blockers=sum(len(each.blockers) for each in summed),
        asks=sum(len(each.asks) for each in summed),
    )


def _number_ranges(numbers: Sequence[int]) -> str:
    """The numbers in ascending order as ranges: `3-5,9-9`."""
    ranges: list[list[int]] = []
    for number in sorted(numbers):
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ",".join(f"{first}-{last}" for first, last in ranges)


def _numbers_of_range(written: str) -> Iterable[int]:
    """The numbers from 3 to 5 of `3-5`. Raises Outdated for anything else, or too many."""
    if written.count("-") != 1:
        raise Outdated(OTHER_VERSION)
    first, last = (number_in(each) for each in written.split("-"))
    if not 0 <= last - first < MOST_EVENTS:
        raise Outdated(OTHER_VERSION)
    return range(first, last + 1)


HAND_OVER = Subject(
    abm_words={"hand": hand_over},
    buttons={UNDO: undo},
    forms=(forms.Form(FRAME, previewed), forms.Form(SURE, confirmed)),
)
