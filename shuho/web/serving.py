"""Serves the page. Imports nothing of the web extra before it has been looked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from agent.errors import SettingError
from agent.settings import Settings, harden_environment


@dataclass(frozen=True)
class ServeCommand:
    """What the command line says. `topics` is a folder of topic files, or one file."""

    out: Path
    host: str = "127.0.0.1"
    port: int = 8765
    topics: Path = Path()
    engine: Literal["auto", "model", "extractive"] = "auto"
    model: str = ""


def serve_page(command: ServeCommand, settings: Settings, say: Callable[[str], None]) -> None:
    """Serve until interrupted; `say` gets the address to open. Raises SettingError when it cannot be served."""
    missing = [name for name in ("fastapi", "uvicorn") if find_spec(name) is None]
    if missing:
        raise SettingError(f"shuho serve needs {' and '.join(missing)}: pip install 'shuho[web]'")
    harden_environment()
    import socket

    from shuho.revising import ReviseOptions
    from shuho.web.app import ServeOptions, build_site
    from shuho.web.guard import door
    from shuho.web.server import PageServer

    family = socket.AF_INET6 if ":" in command.host else socket.AF_INET
    with socket.socket(family) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((command.host, command.port))
            # Whoever follows the address at once waits for the server, and is not refused.
            listening.listen()
        except OSError as error:
            raise SettingError(
                f"--host {command.host} --port {command.port}: cannot be served there ({error.strerror})"
            ) from None
        entrance = door(command.host, listening.getsockname()[1])
        engine = ReviseOptions(command.out, command.engine, command.model)
        served = build_site(ServeOptions(command.out, command.topics, engine), settings, entrance)
        say(entrance.address)
        try:
            PageServer(served).run(sockets=[listening])
        except KeyboardInterrupt:
            # Ctrl-C is how a server is meant to end.
            return
