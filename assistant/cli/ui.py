"""`counterpart ui`: the pages, served on this machine."""

import sys
from collections.abc import Callable
from contextlib import closing, suppress
from socket import AF_INET, AF_INET6, SO_REUSEADDR, SOL_SOCKET, socket
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import DataDir, shown_progress
from assistant.errors import InputRefusedError
from assistant.settings import Settings, load_settings

if TYPE_CHECKING:
    import uvicorn

APPLICATION, PREPARATION = "ui.server:create_app", "ui.server:prepare"
_TRIES = 20


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command("ui")(ui)


def ui(
    port: Annotated[
        int | None, typer.Option(help="Port to serve on; 8501, or the next free one", min=1, max=65535)
    ] = None,
    host: Annotated[
        str | None, typer.Option(help="Address to serve on; this machine alone if left out")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Open the application in the browser."""
    settings = load_settings(data_dir=data_dir, host=host, port=port)
    listening = _listen(settings.host, settings.port, tries=1 if port else _TRIES)
    with closing(listening):
        address = _address(settings.host, listening.getsockname()[1])
        if not settings.this_machine_only:
            _say("Everybody who reaches this machine can open it and be anyone: there is no login yet.")
        _say("Starting Counterpart")
        application = _application(settings)
        _serve(application, listening, ready=lambda: _ready(address, local=settings.this_machine_only))


def _listen(host: str, port: int, *, tries: int) -> socket:
    """A socket that is bound; raises `InputRefusedError` where none of the ports can be had."""
    for candidate in range(port, port + tries if port else 1):
        listening = socket(AF_INET6 if ":" in host else AF_INET)
        listening.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        try:
            listening.bind((host, candidate))
        except OSError as error:
            listening.close()
            if not isinstance(error, PermissionError) and candidate + 1 < port + tries:
                continue
            raise InputRefusedError(
                f"Port {candidate} on {host} cannot be used ({error.strerror})",
                next_step="Choose another one with --port",
            ) from error
        return listening
    raise InputRefusedError(f"No port was free from {port} on", next_step="Choose one with --port")


def _application(settings: Settings) -> Any:
    """The pages, set up and warm. They are named by a string, since this package knows nothing of them."""
    from uvicorn.importer import import_from_string

    application = import_from_string(APPLICATION)(settings)
    with shown_progress() as progress:
        import_from_string(PREPARATION)(progress)
    return application


def _serve(application: Any, listening: socket, *, ready: Callable[[], None]) -> None:
    """Serve until somebody stops it."""
    import uvicorn

    config = uvicorn.Config(
        application,
        log_level="warning",
        access_log=False,
        ws="websockets-sansio",
        ws_max_size=50 * 1024 * 1024,
        timeout_graceful_shutdown=3,
        server_header=False,
    )
    server = _announcing(config, ready)
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    if not server.started:
        raise typer.Exit(1)
    _say("Stopped. Everything is kept.")


def _announcing(config: "uvicorn.Config", ready: Callable[[], None]) -> "uvicorn.Server":
    """A server that says so when it takes visitors."""
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready()

    return Server(config)


def _ready(address: str, *, local: bool) -> None:
    sys.stdout.write(f"Counterpart is ready at {address}  (Ctrl-C ends it)\n")
    sys.stdout.flush()
    if local and sys.stdout.isatty() and _has_desktop():
        import webbrowser

        webbrowser.open(address)


def _has_desktop() -> bool:
    """Whether a graphical browser would open; a text browser in this very terminal would be in the way."""
    import webbrowser

    try:
        browser: Any = webbrowser.get()
    except webbrowser.Error:
        return False
    return not isinstance(browser, webbrowser.GenericBrowser) or isinstance(
        browser, webbrowser.BackgroundBrowser
    )


def _address(host: str, port: int) -> str:
    shown = "127.0.0.1" if host in {"0.0.0.0", "127.0.0.1"} else "[::1]" if host in {"::", "::1"} else host  # noqa: S104  # compared, not bound
    return f"http://{shown}:{port}"


def _say(line: str) -> None:
    """For whoever watches; programs and logs read the one line on stdout, or the one of an error."""
    if sys.stderr.isatty():
        sys.stderr.write(f"{line}\n")
