"""What page tests do again and again."""

from streamlit.testing.v1 import AppTest


def run(tab: AppTest) -> AppTest:
    """Run the page; whatever it raised fails the test."""
    tab.run()
    assert not tab.exception, [error.message for error in tab.exception]
    return tab


def shown(tab: AppTest) -> str:
    """All HTML and text of ours on the page, the side included, in one string."""
    parts = [element.proto.body for element in tab.get("html")]
    parts += [element.value for kind in (tab.markdown, tab.caption, tab.title, tab.info) for element in kind]
    return "\n".join(parts)


def click(tab: AppTest, key: object) -> AppTest:
    """Press the button with this key."""
    tab.button(key=str(key)).click()
    return run(tab)


def ask(tab: AppTest, question: str) -> AppTest:
    """Type a question and wait for its answer."""
    tab.chat_input(key="ask").set_value(question)
    return run(tab)
