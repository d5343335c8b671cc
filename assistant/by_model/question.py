"""A question as it is given to a language model: its text, the last query, and the names it may mean."""

import re
from dataclasses import dataclass, field
from datetime import date

from agendas.facts.people import PersonFacts
from agendas.text.evidence import readable
from assistant.by_model.nearest import Read, nearest_accounts, nearest_people, nearest_segments
from assistant.conversation import LastAnswer
from assistant.query import Form
from assistant.reading.compose import parts_of
from assistant.reading.names import Asked, Names
from assistant.reading.parts import Parts
from assistant.reading.pieces import Said
from assistant.reading.read_pieces import read_pieces
from assistant.reading.result import Reading
from assistant.reading.tokens import read_tokens
from assistant.remark import RemarkKind

LONGEST_CHARACTERS = 1_000
"""A longer text is read by rules alone."""

MENTION = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")


@dataclass(frozen=True, slots=True)
class ModelQuestion:
    """A question given to a model, with all that its reading is checked against; nothing hidden from the asker.

    Attributes:
        workspace_id, user_id: the asker, who is not named to the model.
        text: the question; people mentioned in it are written with their names.
        today: the asker's date.
        by_rules: what the rules read.
        parts: what single words of it say by the rules, also where those make no question together.
        last: the last answer of the conversation.
        accounts: (account id, name) of those that may be meant, at most 30.
        people: those of ours that may be meant, at most 12.
        segments: those that may be meant, at most 8.
        here: the account in whose channel it is asked, None elsewhere.
    """

    workspace_id: str
    user_id: str
    text: str
    today: date
    by_rules: Reading
    parts: Parts = field(default_factory=Parts)
    last: LastAnswer | None = None
    accounts: tuple[tuple[int, str], ...] = ()
    people: tuple[PersonFacts, ...] = ()
    segments: tuple[str, ...] = ()
    here: int | None = None


def question_for_model(
    text: str,
    names: Names,
    asked: Asked,
    *,
    workspace_id: str,
    today: date,
    by_rules: Reading,
    last: LastAnswer | None,
) -> ModelQuestion | None:
    """Return the question to give to a model, None where the rules' reading stands as it is.

    Made in the same read as the rules' reading, with the asker's rights: the model itself is asked after it.
    """
    if not may_read(by_rules) or len(text) > LONGEST_CHARACTERS:
        return None
    parts = parts_of(Said(read_pieces(read_tokens(text, bot_user_id=asked.bot_user_id), names, today)), asked.user_id)
    members = {each.user_id: each for each in names.members()}
    said = _with_names(text, members, asked.bot_user_id)
    read = Read(said, by_rules, parts, last)
    return ModelQuestion(
        workspace_id=workspace_id,
        user_id=asked.user_id,
        text=said,
        today=today,
        by_rules=by_rules,
        parts=parts,
        last=last,
        accounts=nearest_accounts(read, names, here=asked.channel_account),
        people=nearest_people(read, tuple(members.values())),
        segments=nearest_segments(read, names.segments()),
        here=asked.channel_account,
    )


def may_read(by_rules: Reading) -> bool:
    """Return whether a model may be asked: a word was not understood, in a text that the rules make nothing sure of.

    What is a name of no account, or of several, is asked of the person: a model that has no such name would leave it
    out. A part of a named account is read well enough, and so is what is no question.
    """
    if by_rules.is_sure or by_rules.choices:
        return False
    query, remark = by_rules.query, by_rules.remark
    if query is None:
        return remark is None or remark.kind is RemarkKind.UNREAD
    return bool(by_rules.unread) and (query.form is Form.CARD or not query.of)


def _with_names(text: str, members: dict[str, PersonFacts], bot_user_id: str) -> str:
    """Return the text as people read it, with names for mentions; the bot's own and unknown ones are left out."""

    def name(found: re.Match[str]) -> str:
        person = members.get(found[1])
        return f"@{person.name}" if person is not None and found[1] != bot_user_id else ""

    return " ".join(readable(MENTION.sub(name, text)).split())
