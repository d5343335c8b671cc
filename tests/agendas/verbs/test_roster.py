import pytest

from agendas.verbs.letters import note_channel_name
from agendas.verbs.roster import with_channel_names
from storage.database import Store
from tests.builders import WORKSPACE


@pytest.mark.parametrize(
    ("text", "in_channel", "named"),
    [
        ("Reviews of #C0OPEN01 are paused", "", "Reviews of #abm-weekly are paused"),
        ("Reviews of &lt;#C0OPEN01&gt;", "", "Reviews of #abm-weekly"),
        ("Reviews of <#C0OPEN01>", "C0OTHER1", "Reviews of #abm-weekly"),
        ("Reviews of #C0SECRET1", "", "Reviews of a channel"),
        ("Reviews of #C0SECRET1", "C0OPEN01", "Reviews of a channel"),
        ("Reviews of #C0SECRET1", "C0SECRET1", "Reviews of #takeover"),
        ("Reviews of <#C0SECRET1|takeover>", "C0OPEN01", "Reviews of a channel"),
        ("Reviews of <#C0UNKNOWN1|news>", "", "Reviews of #news"),
        ("Reviews of #C0UNKNOWN1", "", "Reviews of a channel"),
        ("Ask in #general and #CUSTOMERS about #1", "", "Ask in #general and #CUSTOMERS about #1"),
    ],
)
def test_a_channel_is_told_by_its_name_and_a_private_one_in_itself_alone(store: Store, text, in_channel, named):
    store.write_now(note_channel_name, WORKSPACE, "C0OPEN01", name="abm-weekly", is_private=False)
    store.write_now(note_channel_name, WORKSPACE, "C0SECRET1", name="takeover", is_private=True)
    assert store.read_now(with_channel_names, WORKSPACE, text, in_channel=in_channel) == named
