"""A pasted reply, read: what it says is verbatim, what it leaves open is asked, nothing is filled in."""

from datetime import date

import pytest

from assistant.advice.language import read_language
from assistant.errors import InputRefusedError
from assistant.evals.replies import evaluate_unseen
from assistant.reply.items import items_of
from assistant.reply.read import Reply, read_reply

TODAY = date(2026, 3, 11)


def read(text: str, on: date = TODAY) -> Reply:
    return read_reply(text, received=on, language=read_language)


def test_a_clear_reply_leaves_nothing_to_ask() -> None:
    reply = read(
        "Yes. Win rate from 18 to 25%, the East team, by 30 June.\nI tell Priya on Monday, you listen to ten calls."
    )
    assert (reply.answer, reply.outcome, reply.group) == ("yes", "Win rate from 18 to 25%", "the East team")
    assert reply.day == date(2026, 6, 30)
    assert [(each.who, each.what, each.due) for each in reply.promises] == [
        ("me", "tell Priya", date(2026, 3, 16)),
        ("counterpart", "listen to ten calls", None),
    ]
    assert reply.unclear == () and reply.questions("Dana") == []


def test_every_word_that_was_found_stands_in_the_reply() -> None:
    reply = read("Fewer discounts over 15% in the key account team. Priya sends you the list by Friday.")
    for words in (reply.outcome, reply.group, *(reply.text[p.start : p.end] for p in reply.promises)):
        assert words and words in reply.text


@pytest.mark.parametrize(
    "text", ["ok", "Thanks", "Oh wonderful, another pilot. Put me down for doubling everything."]
)
def test_one_word_or_a_jibe_gives_no_value_and_everything_is_asked(text: str) -> None:
    reply = read(text)
    assert (reply.outcome, reply.group, reply.day, reply.answer, reply.promises) == (
        None,
        None,
        None,
        None,
        (),
    )
    assert len(reply.questions("Dana")) == 5


def test_an_out_of_office_note_is_no_answer() -> None:
    reply = read("I am out of the office until 10 August with limited access to mail.")
    assert reply.away and reply.questions("Dana") == [
        "Dana is away; nobody has answered yet. Ask again when they are back."
    ]


def test_quoted_history_and_signatures_are_nobodys_answer() -> None:
    reply = read(
        "East team, I think.\n\nSent from my iPhone\n\nOn Monday Ines wrote:\n> by 30 June, win rate to 40%?"
    )
    assert reply.day is None and reply.outcome is None and "date" in reply.unclear


def test_answers_under_quoted_questions_belong_to_them() -> None:
    reply = read(
        "> which result?\nfewer no-shows, 40% down to 25\n> in which team?\nthe Lille desk\n> by when?\n2 October"
    )
    assert (reply.outcome, reply.group) == ("fewer no-shows, 40% down to 25", "the Lille desk")
    assert reply.day == date(2026, 10, 2)


def test_two_teams_are_asked_about_and_no_day_is_made_of_a_quarter() -> None:
    reply = read("Leeds or York, I go back and forth. Conversion 6 to 9 percent, Q2 or so.")
    assert {"group", "date"} <= set(reply.unclear)
    assert any("Leeds or York" in each for each in reply.questions("Dana"))


def test_another_language_is_told_and_not_guessed_at() -> None:
    reply = read("Hallo Greta, gerne. Abschlussquote von 20 auf 26 Prozent, Team Hannover, bis 18. Dezember.")
    assert reply.outcome is None and not reply.english
    assert "another language" in reply.questions("Kai")[0]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Hallo Greta, gerne. Abschlussquote von 20 auf 26 Prozent, Team Hannover, bis 18. Dezember.", "yes"),
        (
            "Bonjour Inès, d'accord. Le taux de signature de 25 à 32 %, l'équipe de Nantes, d'ici le 18 décembre.",
            "yes",
        ),
        (
            "Nein, leider nicht. Das Team hat gerade seinen Chef verloren, wir reden nach dem Sommer weiter.",
            "no",
        ),
        ("Sí, adelante. Pedidos repetidos en 60 días, el equipo de Vigo, hasta el 30 de junio.", "yes"),
        ("Va bene, ma solo dopo l'estate, perché adesso la squadra non ha tempo per queste cose.", None),
        ("Ja graag, dat doen we samen met het team in Gent en ik bel jullie volgende week.", "yes"),
    ],
)
def test_of_another_language_yes_or_no_is_read_and_the_rest_is_said_to_be_open(
    text: str, answer: str | None
) -> None:
    reply = read(text)
    assert (reply.answer, reply.promises, reply.text) == (answer, (), text)
    assert "only read in English" in reply.questions("Kai")[0] or "Only English" in reply.questions("Kai")[0]


def test_you_get_it_is_a_promise_of_the_sender_and_yours_one_of_the_reader() -> None:
    reply = read("I clear it with Jo tomorrow, you get the list on Friday. You start listening on Monday.")
    assert [(each.who, str(each.due)) for each in reply.promises] == [
        ("me", "2026-03-12"), ("me", "2026-03-13"), ("counterpart", "2026-03-16"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Very well, yes: orders up by a fifth, Runcorn, by 31 March.", "yes"),
        ("No to all-hands, yes to one team: the Limassol brokers.", "yes"),
        ("Yes but only if Magda agrees, and she won't before June.", None),
        ("I would rather not, I'm afraid. Two of my managers have left.", "no"),
    ],
)
def test_yes_and_no_are_read_as_they_are_meant(text: str, answer: str | None) -> None:
    assert read(text).answer == answer


def test_promises_of_writers_not_learnt_from_are_read_as_well_as_they_were() -> None:
    report = evaluate_unseen(language=read_language)
    assert report.promises_f1 >= 0.65
    assert report.invented <= 0.06


def test_what_is_kept_names_who_owes_it_by_role() -> None:
    reply = read(
        "Win rate to 25%, the East team, by 30 June. I tell Priya on Monday, you listen to ten calls."
    )
    items = items_of(reply, writer="sales-vp", reader="learning-executive", on=TODAY)
    assert [(each.kind, each.who) for each in items] == [
        ("outcome", "sales-vp"), ("group", "sales-vp"), ("promise", "sales-vp"), ("promise", "learning-executive"),
    ]  # fmt: skip


def test_nothing_is_refused_with_a_next_step() -> None:
    with pytest.raises(InputRefusedError, match="nothing to read"):
        read(" \n ")


def test_a_verb_that_only_looks_like_a_participle_is_a_promise() -> None:
    reply = read("I tell Priya on Monday, you bring one page by 20 March.")
    assert [(each.who, each.what) for each in reply.promises] == [
        ("me", "tell Priya"),
        ("counterpart", "bring one page"),
    ]
    assert reply.day is None
