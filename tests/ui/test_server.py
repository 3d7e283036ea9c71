"""What stands around the pages: addresses, headers, faults."""

import socket

import pytest
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from streamlit.testing.v1 import AppTest

from assistant.cli.ui import _listen
from assistant.errors import InputRefusedError
from ui.first_page import FirstPage
from ui.security import OwnAddressOnly, SecurityHeaders, content_security_policy


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})


def test_a_foreign_name_that_points_to_this_machine_is_refused() -> None:
    client = TestClient(OwnAddressOnly(hello, this_machine_only=True), base_url="http://rebound.example:8501")
    assert client.get("/").status_code == 403
    assert TestClient(client.app, base_url="http://localhost:8501").get("/").text == "hello"


def test_a_page_of_another_site_is_refused_even_on_this_machine() -> None:
    client = TestClient(OwnAddressOnly(hello, this_machine_only=True), base_url="http://127.0.0.1:8501")
    assert client.get("/", headers={"origin": "http://127.0.0.1:3000"}).status_code == 403
    assert client.get("/", headers={"origin": "http://127.0.0.1:8501"}).status_code == 200


def test_other_names_are_served_where_others_were_invited() -> None:
    client = TestClient(OwnAddressOnly(hello, this_machine_only=False), base_url="http://coach.example")
    assert client.get("/").status_code == 200


def test_every_answer_carries_the_policy_and_it_lets_nothing_load_from_elsewhere() -> None:
    headers = TestClient(SecurityHeaders(hello)).get("/").headers
    assert headers["content-security-policy"] == content_security_policy()
    assert "http" not in content_security_policy()
    assert "script-src 'self'" in content_security_policy()
    assert "'unsafe-inline'" not in content_security_policy().partition("script-src")[2].partition(";")[0]


def _faulty_page() -> None:
    from assistant.errors import StoreError
    from ui.server import show_fault

    show_fault(RuntimeError("secret detail"))
    show_fault(StoreError("The disk is full", kept="Your question is kept", next_step="Make room"))


def test_a_page_is_ours_before_anything_is_drawn_and_other_addresses_are_left_alone() -> None:
    client = TestClient(FirstPage(hello))
    for path in ("/", "/stories"):
        page = client.get(path, headers={"accept": "text/html"}).text
        assert "<title>Counterpart</title>" in page
        assert "treamlit app" not in page
    for path in ("/health", "/unsent", "/_stcore/health", "/static/js/x.js"):
        assert client.get(path).text == "hello"


def test_a_fault_on_a_page_is_told_in_words_without_its_insides() -> None:
    page = AppTest.from_function(_faulty_page).run()
    unforeseen, foreseen = (error.value for error in page.error)
    assert "secret detail" not in unforeseen
    assert "is kept" in unforeseen
    assert foreseen == "The disk is full. Your question is kept. Make room."


def test_the_next_free_port_is_taken_where_none_was_asked_for() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with _listen("127.0.0.1", port, tries=20) as free:
            assert port < free.getsockname()[1] < port + 20
        with pytest.raises(InputRefusedError, match="--port"):
            _listen("127.0.0.1", port, tries=1)


def test_an_address_that_is_not_this_machines_is_refused_in_words() -> None:
    with pytest.raises(InputRefusedError, match="cannot be used"):
        _listen("192.0.2.1", 8501, tries=1)
