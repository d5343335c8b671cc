from agendas.pages.people import without_pings
from agendas.rendering.blockkit import messages
from agendas.rendering.page import Button, Buttons, Page, Rows, Text

NAMES = {"U0ANN1": "Ann <Sample>", "U0BOB1": "Bob"}


def test_people_are_named_and_not_mentioned_in_every_text_of_a_message():
    page = Page("<@U0ANN1> moved it", (Text("<@U0ANN1>: up"), Rows(("owner <@U0BOB1>",))), key="k")
    named = without_pings(messages(page)[0], NAMES)
    assert named.text == "Ann &lt;Sample&gt; moved it"
    assert [block["text"]["text"] for block in named.blocks] == ["Ann &lt;Sample&gt;: up", "owner Bob"]


def test_somebody_who_is_not_known_is_shown_by_id_and_not_notified():
    named = without_pings(messages(Page("t", (Text("<@U0NOBODY>"),), key="k"))[0], NAMES)
    assert named.blocks[0]["text"]["text"] == "@U0NOBODY"


def test_a_name_that_is_written_like_a_mention_notifies_nobody():
    page = Page("owner <@U0ANN1>", (Text("owner <@U0ANN1>"),), key="k")
    named = without_pings(messages(page)[0], {"U0ANN1": "<@U0BOB1> <!channel>"})
    assert named.text == "owner &lt;@U0BOB1&gt; &lt;!channel&gt;"
    assert named.blocks[0]["text"]["text"] == named.text


def test_buttons_keep_the_ids_they_carry():
    page = Page("t", (Text("x"), Buttons((Button("Edit", "people.edit", "U0ANN1"),))), key="k")
    rendered = messages(page)[0]
    assert without_pings(rendered, NAMES).blocks[1] == rendered.blocks[1]
