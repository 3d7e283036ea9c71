"""What a browser is given first: the framework's page under our name, told where its server is.

Opened below the start page (`/stories`), the framework would look for its server there first and leave an error in the
browser's console. Its own words for visitors without scripts speak of the framework, so ours stand in their place.
"""

import re
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_WHERE = "window.__streamlit = { BACKEND_BASE_URL: window.location.origin };"
_WITHOUT_SCRIPTS = "<noscript><p>Counterpart needs JavaScript, from this machine alone.</p></noscript>"
_PAGE = re.compile(r"/[\w-]*")
_NO_PAGES = ("/health", "/unsent")


@cache
def first_page() -> str:
    """The HTML of every page of ours, before anything is drawn."""
    import streamlit

    html = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    html = re.sub(r"<title>.*?</title>", "<title>Counterpart</title>", html, count=1)
    html = re.sub(r"<noscript>.*?</noscript>", _WITHOUT_SCRIPTS, html, count=1, flags=re.DOTALL)
    html = re.sub(r'\s*<link rel="service-desc"[^>]*>', "", html)
    return html.replace("<script", f"<script>{_WHERE}</script>\n    <script", 1)


class FirstPage:
    """ASGI middleware that answers with it wherever a page of ours is opened."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _is_page(Request(scope)):
            await HTMLResponse(first_page(), headers={"Cache-Control": "no-cache"})(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _is_page(request: Request) -> bool:
    path = request.scope["path"]
    return (
        request.method in {"GET", "HEAD"}
        and path not in _NO_PAGES
        and _PAGE.fullmatch(path) is not None
        and "text/html" in request.headers.get("accept", "text/html")
    )
