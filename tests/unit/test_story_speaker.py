"""Whose words a story quotes: a rep's own are never counted as a buyer's."""

from datetime import date

import pytest

from assistant.stories.draw import draw
from assistant.stories.speaker import buyer_words, quotations, said_by_us
from assistant.stories.story import read_fields
from knowledge.samples import shipped_stories

TODAY = date(2026, 11, 23)
HEARD = {
    "The rep asked the CFO, “What keeps you up at night?” She looked at her watch.": "",
    "The rep asked the CFO, “What keeps you up at night?” and she said, “People asking me that.”": "People asking me that.",
    "“Let me show you the dashboard,” said our rep, and the plant manager left the room.": "",
    "My manager told me, “Just get them to sign before Friday.” The buyer signed on Monday.": "",
    "The plant manager told me, “Just get me one that starts on a Sunday.” We lost it.": "Just get me one that starts on a Sunday.",
    "Our manager says, “Nobody has time for a course in March.”": "",
    "The rep played back the buyer's words: “So it is the night shift and the scrap.”": "",
    "Their manager says, “Nobody has time for a course in March.”": "Nobody has time for a course in March.",
    "I said, “We can do ten per cent if you sign today.” He said, “Then it was never the price.”": "Then it was never the price.",
    "Marta, our AE in Lyon, said to the buyer: “I can bring legal forward.”": "",
    "Marta, the buyer in Lyon, said to our AE: “I can bring legal forward.”": "I can bring legal forward.",
    "Rode along with Jo. “Do you have a budget for this year?” Jo asked the owner.": "",
    "“We have bought from the others for years,” the owner told our rep, “and nobody asked why.”": "We have bought from the others for years,",
    "The procurement lead was asked by our rep, “Who else is bidding?” and shrugged.": "",
    "Our rep was told by procurement, “You are third of three.”": "You are third of three.",
    "I was told, “You are third of three,” by the head of purchasing.": "You are third of three,",
    "New hire on her first call opened with “I'd like fifteen minutes of your time.” The receptionist hung up.": "",
    "The trainer said “always ask five questions first”. The customer did not want five questions.": "",
    "The CFO heard our pitch. “And what does it cost to leave you?”": "And what does it cost to leave you?",
    "Our VP said in the kickoff, “Every deal needs a champion.” Customers laughed at the word.": "",
    "Her boss said no. “We do not buy in the fourth quarter,” he told our rep.": "We do not buy in the fourth quarter,",
    "Sat in on a renewal. Our account manager said, “It's just the standard uplift.” The customer said, “Then I'll take the standard exit.”": "Then I'll take the standard exit.",
    "Two reps told me, “The script is too long to remember.”": "",
    "Two customers told me, “The script is too long to listen to.”": "The script is too long to listen to.",
    "The slide said “Trusted by a thousand companies” and the nurse asked which ones.": "",
    "The nurse pointed at the slide. “Trusted by whom?”": "Trusted by whom?",
    "Asked her straight: “Are we the cheap one in your three quotes?” She smiled and said, “You are the one I ring first.”": "You are the one I ring first.",
    "The sales director over there wrote to us, “Your onboarding mail went to somebody who left in May.”": "Your onboarding mail went to somebody who left in May.",
    "A colleague in the car said, “They never read the proposal.” I believe her.": "",
    "The rep kept saying “no problem, no problem”, and the clerk at the port wrote it down.": "",
    "What managers say: “My people come back from training with a folder.” Heard it three times.": "",
    "The shop owner interrupted our rep: “You have said synergy four times.”": "You have said synergy four times.",
    "Our rep interrupted the shop owner: “Let me finish the slide first.”": "",
    "He sent one line back: “Not this year.” Our rep had written eleven.": "Not this year.",
    "We lost the mill. Their buyer, Anneke, rang me afterwards. “Your man answered before I had finished,” she said.": "Your man answered before I had finished,",
    "Tom is our newest rep. On the second call Tom said, “I'll get back to you on that.” The engineer never heard.": "",
    "I rang the hospital. “We gave the order to the ones who came at night,” said the head nurse.": "We gave the order to the ones who came at night,",
    "When the customer asked about price our rep answered, “It depends on your volumes.”": "",
    "When our rep asked about price the customer answered, “It depends on your service.”": "It depends on your service.",
    "The demo ran forty minutes. Afterwards the AE was happy: “They loved it.” They bought elsewhere.": "",
    "“I don't want a partner, I want a pump,” was what the site manager said.": "I don't want a partner, I want a pump,",
    "My rep's opener was “I know you're busy.” It cost him the second meeting.": "",
    "In the debrief he said, “I talked too much.” I nodded. He is my best rep.": "",
    "Team lead to me on the road: “We stopped logging calls in June.”": "",
    "She had the offer on her desk. She said: 'Page two is the only one I read.' We won.": "Page two is the only one I read.",
    "The buyer's words to me were “we cannot train another supplier this year”.": "we cannot train another supplier this year",
    "The enablement lead asked the reps “who has spoken to a nurse this month?” and nobody had.": "",
    "Our champion said, “Legal will kill it.” Legal did.": "Legal will kill it.",
    "Our legal said, “No change to clause nine.” The customer walked.": "",
    "I played the call back to her. “I can hear myself not listening,” my rep said.": "",
    "The CEO of the brewery took the phone himself. “Talk to me like I have no IT department, because I don't.”": "Talk to me like I have no IT department, because I don't.",
    "Listened to eleven calls in Gdańsk. In nine of them our people say “Does that make sense?” before the other side has spoken.": "",
    "My SDR got through to the CFO at last and blurted out, “I can save you a third of your costs.” Click.": "",
    "Before the pitch the head of IT told Sofie, our account exec, “You have one slide.” She used it well.": "You have one slide.",
    "Sofie, our account exec, told the head of IT, “I only have one slide.” He laughed.": "",
    "What I saw on the road: the rep parks, breathes, and says to me, “I hate this one.” The customer was charming.": "",
    "Debrief with the Leeds team. One of them said, “I never know what to ask after the price.”": "",
    "Lost to a competitor. The customer wrote: “They came with two technicians and you came with a deck.”": "They came with two technicians and you came with a deck.",
    "Our competitor's rep told the buyer, “They will double your price in year two.” We had no answer.": "",
    "The customer's manager told us, “I have to explain this to eleven people on Monday.”": "I have to explain this to eleven people on Monday.",
    "My manager thinks training is vacation. “See you when you're back from the beach,” he says.": "",
    "The VP of Sales rode along and asked the surgeon, “What would you change first?” The surgeon said, “The opening hours of your hotline.”": "The opening hours of your hotline.",
    "Rep lost his thread and said “sorry, let me start again”. The pharmacist said “please don't”.": "please don't",
    "We heard it from three buyers this month: “You are easy to like and hard to order from.”": "You are easy to like and hard to order from.",
    "I asked the foreman what he thought of our offer. “Nice paper,” he said.": "Nice paper,",
    "I asked our rep what he thought of the offer. “Nice paper,” he said.": "",
    "A nurse in Bergen to our rep, in the corridor: “If it beeps, I don't want it.”": "If it beeps, I don't want it.",
    "Our rep to a nurse in Bergen, in the corridor: “It hardly beeps at all.”": "",
    "The mail from purchasing had one line. “We need three references from our industry.” We had one.": "We need three references from our industry.",
    "In the role play the new starter kept saying, “I understand your concern.” Nobody believed it.": "",
    "He showed me his phone with the reply from the client: “Stop sending me case studies.”": "Stop sending me case studies.",
    "Their engineer and our engineer agreed; our engineer said, “It will fit.” It did.": "",
    "“Why should I change?” the dealer asked. “Because everybody does,” our man answered.": "Why should I change?",
    "“Because everybody does,” our man answered when the dealer asked why he should change.": "",
}
"""What was told, and what of it a buyer says (in the first place)."""


@pytest.mark.parametrize("told", HEARD)
def test_only_what_a_buyer_says_counts_as_a_buyers_words(told: str) -> None:
    assert buyer_words(told).rstrip(".,") == HEARD[told].rstrip(".,")


def test_in_the_samples_buyers_words_are_those_that_their_writer_named() -> None:
    wrong = [
        story.id
        for story in shipped_stories()
        if buyer_words(story.text).rstrip(".,") != story.buyer_words.removeprefix("none").rstrip(".,")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "told",
    [
        "On the phone: “We are frozen until the merger is through.” A bank in Utrecht.",
        "“Always ask five questions.”",
    ],
)
def test_words_that_cannot_be_told_apart_are_nobodys(told: str) -> None:
    assert [each.side for each in quotations(told)] == ["unknown"]
    assert draw(read_fields({"text": told}), today=TODAY).buyer_words == ""


def test_words_of_one_of_us_are_known_as_such_and_a_buyers_are_not() -> None:
    told = "The rep asked the CFO, “What keeps you up at night?” She said, “People who ask me that.”"
    assert said_by_us("What keeps you up at night?", told)
    assert not said_by_us("People who ask me that.", told)
    assert not said_by_us("Something else.", told)


def test_a_long_text_full_of_quotations_is_read_at_once() -> None:
    told = "Our rep Marta asked the CFO, “Why now?” and he said, “Because of the audit.” " * 250
    assert len(quotations(told)) == 500
