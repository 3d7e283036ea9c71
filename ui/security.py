"""What a browser may do with our pages: load from here, run our scripts, and nothing else."""

import base64
import hashlib
import re
from contextlib import suppress
from functools import cache
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketDisconnected

from assistant.settings import LOOPBACK
from ui.first_page import first_page

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@cache
def content_security_policy() -> str:
    """The policy as one header value.

    Words of a user or of a document may hold an address of an image; this keeps the browser from fetching it.
    The framework loads our own small components as `blob:` scripts and draws charts with `unsafe-eval`; its
    page holds inline scripts, which are let through by their digests.
    """
    scripts = " ".join(_inline_script_digests())
    return "; ".join(
        (
            "default-src 'self'",
            "img-src 'self' data: blob:",
            "style-src 'self' 'unsafe-inline' blob:",
            f"script-src 'self' blob: 'unsafe-eval' 'wasm-unsafe-eval' {scripts}".rstrip(),
            "connect-src 'self' blob: ws: wss:",
            "media-src 'self' blob:",
            "font-src 'self' data:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _inline_script_digests() -> list[str]:
    found = _INLINE_SCRIPT.findall(first_page())
    return [
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in found
    ]


class SecurityHeaders:
    """ASGI middleware that puts the policy and its companions on every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = {
            "Content-Security-Policy": content_security_policy(),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Permissions-Policy": "camera=(), geolocation=(), payment=(), usb=()",
            "Cross-Origin-Opener-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers[name] = value
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class OwnAddressOnly:
    """ASGI middleware that refuses other sites' pages.

    A page of another site may not open our WebSocket, and, where we serve this machine alone, no foreign name
    may point to it: such a name is how a web page reaches what listens on loopback.
    """

    def __init__(self, app: ASGIApp, *, this_machine_only: bool) -> None:
        self.app, self.this_machine_only = app, this_machine_only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"} and not self._is_ours(Headers(scope=scope)):
            refused = PlainTextResponse(
                "Counterpart does not answer at this address. Use the one that “counterpart ui” printed, "
                "or start it with --host to serve other machines.\n",
                status_code=403,
            )
            await refused(scope, receive, send)
            return
        with suppress(WebSocketDisconnected):  # a visitor who left while the page began is no fault
            await self.app(scope, receive, send)

    def _is_ours(self, headers: Headers) -> bool:
        host, origin = headers.get("host", ""), headers.get("origin")
        if self.this_machine_only and urlsplit(f"//{host}").hostname not in LOOPBACK:
            return False
        return origin is None or urlsplit(origin).netloc == host
