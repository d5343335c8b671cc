from tests.assistant.labels import all_questions


def test_every_label_can_be_read_and_each_question_stands_once() -> None:
    questions = all_questions()
    assert questions
    keys = [(each.asker, each.where, tuple(each.said)) for each in questions]
    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []
