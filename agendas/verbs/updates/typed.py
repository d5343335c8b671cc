"""Updates as typed after a command: /move, /blocker and /next, or as written in an account's thread.

The message that movement is recorded from is evidence of it: of a blocker or a next action nobody would know whose act
it shows. Its author gets the confirmation as a letter.
"""

from datetime import date

from sqlmodel import Session

from agendas.errors import Refused
from agendas.facts.account import Blocker, NextAction
from agendas.facts.people import Author
from agendas.rules.commands.blockers import BlockerWords, ResolvedWords
from agendas.rules.commands.movement import MoveWords
from agendas.rules.commands.next_actions import ActionWords, Change, SettledWords, called_so
from agendas.rules.commands.waiting import WaitWords
from agendas.verbs.letters.queue import confirm
from agendas.verbs.record.record import Recorded
from agendas.verbs.updates import updates, waiting
from agendas.verbs.updates.due_date import due_by_default

ASKED = {
    Change.DONE: "Which one is done?",
    Change.SLIPPED: "Which one slipped?",
    Change.DROPPED: "Which one is dropped?",
    Change.GIVEN: "Which one is given away?",
}
IS_IT = {
    Change.DONE: "Is it done?",
    Change.SLIPPED: "Did it slip?",
    Change.DROPPED: "Is it dropped?",
    Change.GIVEN: "Is it given away?",
}


class WhichAction(Refused):
    """The next action that is meant has to be asked; `actions` are the open ones, which may be none."""

    def __init__(self, sentence: str, actions: tuple[NextAction, ...]) -> None:
        self.actions = actions
        super().__init__(sentence)


class WhichBlocker(Refused):
    """The blocker that is meant has to be asked; `blockers` are the open ones, which may be none."""

    def __init__(self, sentence: str, blockers: tuple[Blocker, ...]) -> None:
        self.blockers = blockers
        super().__init__(sentence)


def move(session: Session, author: Author, account_id: int, words: MoveWords) -> Recorded:
    """Record movement, or that nothing moved."""
    if words.nothing:
        return _told(session, author, updates.say_nothing_moved(session, author, account_id, text=words.text))
    evidence = (*words.evidence, *author.evidence)
    recorded = updates.move(session, author, account_id, text=words.text, to_stage=words.to_stage, evidence=evidence)
    return _told(session, author, recorded)


def wait(session: Session, author: Author, account_id: int, words: WaitWords) -> Recorded:
    """Record a date that the account waits for. Raises as `waiting.wait`."""
    evidence = (*words.evidence, *author.evidence)
    return _told(session, author, waiting.wait(session, author, account_id, words.wanted, evidence=evidence))


def blocker(session: Session, author: Author, account_id: int, words: BlockerWords) -> Recorded:
    """Record a blocker."""
    recorded = updates.open_blocker(
        session,
        author,
        account_id,
        text=words.text,
        owner=words.owner,
        needs=words.needs.value if words.needs else None,
        evidence=words.evidence,
    )
    return _told(session, author, recorded)


def resolved(session: Session, author: Author, account_id: int, words: ResolvedWords) -> Recorded:
    """Record that a blocker is resolved: the one that the words name, else the only open one.

    Raises:
        WhichBlocker: when there is none, or more than one to choose from.
        AlreadySettled: when the one named is not open any more.
    """
    number = words.blocker_id
    if number is None:
        state = updates.open_account(session, author, account_id)
        count = len(state.open_blockers)
        if not count:
            raise WhichBlocker(f"{state.name} has no open blocker.", ())
        if count > 1:
            raise WhichBlocker(f"{state.name} has {count} open blockers. Which one is resolved?", state.open_blockers)
        number = state.open_blockers[0].id
    return _told(session, author, updates.resolve_blocker(session, author, account_id, number, text=words.text))


def settled(
    session: Session, author: Author, account_id: int, words: SettledWords, *, own_alone: bool = False
) -> Recorded:
    """Record what became of a next action: of the one that the words name, else of the author's, the only open one.

    With `own_alone` those of other people are not looked at.

    Raises:
        WhichAction: when there is none, more than one to choose from, or the only one is somebody else's.
        AlreadySettled: when the one named is not open any more.
        Refused: when the date is not later than the one it had.
    """
    number, text = words.action_id, words.text
    if number is None:
        number, text = _only_action(session, author, account_id, words, own_alone=own_alone)
    if words.change is Change.GIVEN:
        action = updates.open_action_of(session, author, account_id, number)
        [given] = updates.edit_action(
            session, author, account_id, number, text=action.text, owner=words.to, due_on=action.due_on
        )
        return _told(session, author, given)
    if words.due_on is not None:
        slipped = updates.slip_action(session, author, account_id, number, due_on=words.due_on, text=text)
        return _told(session, author, slipped)
    is_done = words.change is Change.DONE
    closed = updates.close_action(session, author, account_id, number, done=is_done, text=text, evidence=words.evidence)
    return _told(session, author, closed)


def _only_action(
    session: Session, author: Author, account_id: int, words: SettledWords, *, own_alone: bool
) -> tuple[int, str]:
    """The action meant, and what is said of it: nothing where the words only name it."""
    state, change = updates.open_account(session, author, account_id), words.change
    mine_first = tuple(sorted(state.open_actions, key=lambda each: (each.owner != author.user_id, each.due_on)))
    if own_alone:
        mine_first = tuple(each for each in mine_first if each.owner == author.user_id)
    of_whom = " of yours" if own_alone else ""
    if not mine_first:
        raise WhichAction(f"{state.name} has no open next action{of_whom}.", ())
    is_given = words.change is Change.GIVEN
    named = [each for each in mine_first if is_given or each.owner == author.user_id]
    if (called := called_so(words.text, named)) is not None:
        return called.id, ""
    if is_given and words.text:
        raise WhichAction(f"{state.name} has no open next action that begins so. {ASKED[change]}", mine_first)
    if len(mine_first) > 1:
        raise WhichAction(f"{state.name} has {len(mine_first)} open next actions{of_whom}. {ASKED[change]}", mine_first)
    if mine_first[0].owner != author.user_id:
        raise WhichAction(f"The open next action of {state.name} is somebody else's. {IS_IT[change]}", mine_first)
    return mine_first[0].id, words.text


def next_action(
    session: Session, author: Author, account_id: int, words: ActionWords, *, channel_id: str, today: date
) -> Recorded:
    """Record a next action; without a date it is due as `due_by_default` says."""
    recorded = updates.add_action(
        session,
        author,
        account_id,
        text=words.text,
        due_on=words.due_on or due_by_default(session, author.workspace_id, channel_id, today=today),
        owner=words.owner,
        evidence=words.evidence,
    )
    return _told(session, author, recorded)


def _told(session: Session, author: Author, recorded: Recorded) -> Recorded:
    """Queue the confirmation of what was recorded from a message that nothing else answers."""
    if author.said is not None and author.said.by_letter:
        confirm(session, author, [recorded], channel_id=author.said.channel_id, place=author.said.thread_ts)
    return recorded
