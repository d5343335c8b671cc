"""Actions as the subject where no noun says so: by what somebody has done, is doing, or has on the list."""

from assistant.query import Form, Progress, Subject
from assistant.reading.rules.left import names_anybody
from assistant.reading.rules.titles import is_title, is_verb_here
from assistant.reading.subjects.case import Case
from assistant.reading.subjects.who import is_work
from assistant.reading.vocabulary.cues import Cue

BUSY = frozenset({"doing", "working on", "up to", "working on next", "doing next", "busy with", "got on", "on"})
DAILY = (
    *(Cue.FILLER, Cue.WHICH, Cue.HOW, Cue.CARD, Cue.AT, Cue.FOR, Cue.MY, Cue.ME, Cue.US, Cue.IS, Cue.DO, Cue.HAVE),
    *(Cue.SHOW, Cue.NEXT, Cue.ALL, Cue.NOW),
)
"""Words beside the days of "what's on for today" and "how does my week look"."""


def schedule(case: Case) -> Subject | None:
    """Actions of somebody's days: "what's on for today", "how does my week look"."""
    days = [piece for piece in case.said.pieces if piece.when]
    is_of_somebody = case.said.has(Cue.MY, Cue.ME) or any(piece.persons for piece in case.said.pieces)
    is_of_days = any(piece.typed.casefold().startswith(("for ", "my ")) for piece in days) or is_of_somebody
    is_stuff = any(piece.typed.casefold() in ("stuff", "things") for piece in case.said.pieces)
    is_asked = is_stuff or case.said.has(Cue.WHICH, Cue.HOW, Cue.CARD)
    is_asked = is_asked and case.form in (None, Form.LIST, Form.CARD)
    is_light = all(piece.when or piece.persons or piece.means(*DAILY) for piece in case.said.pieces)
    return Subject.ACTIONS if days and is_of_days and is_asked and is_light else None


def busy(case: Case) -> Subject | None:
    """Actions, for "what is Nora working on" and "what is Ines doing for Tallow"."""
    if not case.said.has(Cue.WHICH) or case.form not in (None, Form.LIST):
        return None
    for position, piece in enumerate(case.said.pieces[:-1]):
        rest = [each for each in case.said.pieces[position + 1 :] if not (each.when or each.account is not None)]
        words = " ".join(each.typed.casefold() for each in rest if not each.means(Cue.FOR, Cue.AT, Cue.NOW, Cue.IS))
        if piece.persons and words.removeprefix("meant to ").removeprefix("supposed to ") in BUSY:
            return Subject.ACTIONS
    return None


def unfinished(case: Case) -> Subject | None:
    """Actions: "what did Nora finish", "has Nora sent the contract", "who does the security review"."""
    progress = {each for _, each in case.said.of_kind(Progress)}
    is_open = case.said.has(Cue.WHICH) and case.form is Form.LIST
    if progress - {Progress.OPEN} or (progress and (is_open or not case.parts.of)):
        return Subject.ACTIONS
    has_title = any(is_title(case.said, each) and not is_verb_here(case.said, each) for each in range(len(case.said)))
    has_person = any(piece.persons for piece in case.said.pieces) or case.said.has_left(Cue.ME, Cue.WHO)
    has_person = has_person or (has_title and names_anybody(case.said.pieces))
    if (
        case.said.has_left(Cue.DOING)
        and (has_person or case.form is Form.WHEN)
        and not (case.parts.of and not has_title and case.form is None)
    ):
        return Subject.ACTIONS
    is_who = case.form is Form.WHO and not is_work(case.said)
    if has_title and (is_who or case.said.has_left(Cue.PERSON)):
        return Subject.PEOPLE
    is_asked = case.form is Form.YES_NO and (has_person or case.said.has_left(Cue.HAVE, Cue.TITLE))
    may_be_work = case.form in (Form.WHEN, Form.WHO) or is_asked
    return Subject.ACTIONS if has_title and may_be_work else None


def list_of_somebody(case: Case) -> Subject | None:
    """Actions, for "May's list"."""
    has_list = any(piece.typed.casefold() == "list" for piece in case.said.pieces)
    has_person = any(piece.persons and piece.is_possessive for piece in case.said.pieces)
    return Subject.ACTIONS if has_list and has_person else None


def have_got(case: Case) -> Subject | None:
    """Actions of a day, for "what have I got on Friday"; else accounts."""
    has_person = any(piece.persons for piece in case.said.pieces)
    ends = case.said[len(case.said) - 1].typed.casefold() in ("have", "got") if len(case.said) else False
    if has_person and ends:
        return Subject.ACCOUNTS
    if not case.said.has_left(Cue.HAVE_GOT):
        return None
    is_work = case.said.has_left(Progress.OPEN, Cue.LEAVE) or any(piece.when for piece in case.said.pieces)
    return Subject.ACTIONS if is_work else Subject.ACCOUNTS
