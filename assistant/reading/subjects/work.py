"""Actions as the subject where no noun says so: by what somebody has done, is doing, or has on the list."""

from assistant.query import Form, Progress, Subject
from assistant.reading.rules.titles import is_title, is_verb_here
from assistant.reading.subjects.case import Case
from assistant.reading.subjects.who import is_work
from assistant.reading.vocabulary.cues import Cue


def unfinished(case: Case) -> Subject | None:
    """Actions: "what did Nora finish", "has Nora sent the contract", "who does the security review"."""
    progress = {each for _, each in case.said.of_kind(Progress)}
    if progress - {Progress.OPEN} or (progress and not case.parts.of):
        return Subject.ACTIONS
    has_title = any(is_title(case.said, each) and not is_verb_here(case.said, each) for each in range(len(case.said)))
    has_person = any(piece.persons for piece in case.said.pieces) or case.said.has_left(Cue.ME, Cue.WHO)
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
    return Subject.ACTIONS if any(piece.when for piece in case.said.pieces) else Subject.ACCOUNTS
