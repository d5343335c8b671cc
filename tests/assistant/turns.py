"""The turns of a labelled question read one after the other, as a conversation."""

from dataclasses import dataclass, replace

from assistant.conversation import LastAnswer, spoken_of
from assistant.follow_up import stands_on
from assistant.names import Asked
from assistant.reader import read_question
from assistant.remark import Reading
from tests.assistant.labels import Question
from tests.assistant.world import ACCOUNTS, PEOPLE, TODAY
from tests.assistant.world_names import WorldNames

PICK = "pick "
OWNERS = {each.account_id: PEOPLE[each.owner].user_id for each in ACCOUNTS.values() if each.owner}


@dataclass(frozen=True, slots=True)
class ReadTurn:
    text: str
    reading: Reading
    last: LastAnswer | None
    names: WorldNames
    asked: Asked


def read_turns(question: Question) -> ReadTurn:
    """Read the turns before the last one, which make the conversation, and it."""
    names = WorldNames(question.asker)
    asked = Asked(PEOPLE[question.asker].user_id, ACCOUNTS[question.where].account_id if question.where else None)
    turn = ReadTurn("", Reading(), None, names, asked)
    last: LastAnswer | None = None
    for text in question.said:
        if text.startswith(PICK) and last is not None:
            picked = ACCOUNTS[text.removeprefix(PICK)].account_id
            last = LastAnswer(replace(last.query, of=(*last.query.of, picked)), (picked,), offered=last.offered)
            continue
        last = stands_on(last, text, names, asked, TODAY)
        turn = ReadTurn(text, read_question(text, names, asked, today=TODAY, last=last), last, names, asked)
        last = _after(turn)
    return turn


def _after(turn: ReadTurn) -> LastAnswer | None:
    """Return the conversation after this turn, with the accounts that the query names as those listed."""
    reading = turn.reading
    if reading.query is None:
        return None if reading.offers else spoken_of(reading.remark) or turn.last
    offered = tuple(account_id for choice in reading.choices for account_id, _ in choice.accounts)
    of = reading.query.of
    owner = OWNERS.get(of[0], "") if len(of) == 1 else ""
    is_waiting = bool(reading.choices)
    return LastAnswer(reading.query, listed=of, offered=offered, owner=owner, is_waiting=is_waiting)
