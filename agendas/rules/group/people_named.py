"""People of a buying group by a name that somebody wrote."""

from collections.abc import Sequence

from agendas.facts.group import Contact
from agendas.text.account_names import normal_key


def contact_named(written: str, contacts: Sequence[Contact]) -> Contact | None:
    """Return the person of that name, which a title may follow after a comma; None where nobody is, or several are.

    Part of a name is enough where it is of one person alone.
    """
    name = written.partition(",")[0]
    if whole := [each for each in contacts if normal_key(each.profile.name) == normal_key(name)]:
        return whole[0] if len(whole) == 1 else None
    words = set(map(normal_key, name.split())) - {""}
    found = [each for each in contacts if words and words <= set(map(normal_key, each.profile.name.split()))]
    return found[0] if len(found) == 1 else None
