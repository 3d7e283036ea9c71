"""Which language a question is in: English unless it clearly is not."""

import pytest

from assistant.advice.language import read_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("He only ever gives me thirty minutes, how should I use them?", "en"),
        ("seeing my vp in 10 min first time whats my opening line", "en"),
        ("Wie spreche ich mit meinem Vertriebsleiter über Ergebnisse statt Schulungen?", "de"),
        ("Mon directeur commercial ne me donne que trente minutes, que faire ?", "fr"),
        ("Mi jefe de ventas solo me da treinta minutos, ¿cómo los aprovecho?", "es"),
        ("Il mio capo vendite mi concede solo trenta minuti, come li uso?", "it"),
        ("Mijn verkoopdirecteur geeft me maar dertig minuten, hoe gebruik ik die?", "nl"),
        ("O meu diretor comercial só me dá trinta minutos, como devo usá-los?", "pt"),
        ("私の営業部長は三十分しかくれません。どう使えばいいですか。", "other"),
        ("Мой директор по продажам даёт мне только тридцать минут", "other"),
        ("마케팅 부사장이 삼십 분만 줍니다 어떻게 할까요", "other"),
    ],
)
def test_a_whole_question_is_recognised(text: str, language: str) -> None:
    assert read_language(text) == language


@pytest.mark.parametrize(
    "text", ["why", "ok merci", "Dallas QBR", "ROI?", "👍", "", "Müller says no", "shorter"]
)
def test_a_few_words_are_taken_for_english(text: str) -> None:
    assert read_language(text) == "en"


def test_foreign_names_do_not_turn_a_question_into_another_language() -> None:
    assert read_language("Our VP in São Paulo, João Gonçalves, wants a course for the Zürich team") == "en"
