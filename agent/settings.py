"""What comes from the environment: keys, addresses, the default model. The only module that reads it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from agent.errors import SettingError
from agent.secrecy import guard_logs, keep_environment_secret, keep_secret

DEFAULT_MODEL = "google_genai:gemini-3.5-flash"


@dataclass(frozen=True)
class ModelSettings:
    """How to reach a model: `provider:name`, its key, and another address than the provider's own."""

    name: str
    api_key: str | None = field(default=None, repr=False)
    base_url: str | None = None
    timeout: float = 120.0


@dataclass(frozen=True)
class Settings:
    """The environment as the program sees it. Keys never show in `repr`."""

    google_api_key: str | None = field(default=None, repr=False)
    google_base_url: str | None = None
    openai_api_key: str | None = field(default=None, repr=False)
    openai_base_url: str | None = None
    tavily_api_key: str | None = field(default=None, repr=False)
    tavily_base_url: str | None = None
    model: str = ""
    """`SHUHO_MODEL`, empty when not set."""
    answer_cache: str = ""
    """`SHUHO_ANSWER_CACHE`: a SQLite file that keeps raw model answers across output folders, for development."""

    checkpoints: str = field(default="", repr=False)
    """`SHUHO_CHECKPOINTS`: a Postgres database for the checkpoints, postgresql://…; empty for a file."""

    log: str = ""
    """`SHUHO_LOG`: a file for a run's log; the option --log comes first."""
    log_level: str = ""
    """`SHUHO_LOG_LEVEL`: debug, info, warning or error."""
    traces: str = ""
    """Where traces go, the whole address: by OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, or OTEL_EXPORTER_OTLP_ENDPOINT."""

    telemetry: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Names and values of OpenTelemetry's variables that the `.env` file alone has; headers may hold a key."""

    def secrets(self) -> tuple[str, ...]:
        """Return what must never be written down: keys, and passwords inside addresses."""
        addresses = (self.checkpoints, self.google_base_url, self.openai_base_url, self.tavily_base_url, self.traces)
        passwords = [urlsplit(address).password for address in addresses if address]
        return tuple(s for s in (self.google_api_key, self.openai_api_key, self.tavily_api_key, *passwords) if s)

    def __post_init__(self) -> None:
        """Keep secret what is, from now on."""
        keep_secret(*self.secrets(), self.checkpoints)

    def model_settings(self, name: str = "") -> ModelSettings:
        """Return how to reach the model `name`, or the default model when it is empty."""
        chosen = name or self.model or DEFAULT_MODEL
        provider = chosen.partition(":")[0]
        if provider == "google_genai":
            return ModelSettings(chosen, self.google_api_key, self.google_base_url)
        if provider == "openai":
            # Local servers ask for no key, but the client insists on one.
            key = self.openai_api_key or ("none" if self.openai_base_url else None)
            return ModelSettings(chosen, key, self.openai_base_url)
        return ModelSettings(chosen)

    def has_model(self, name: str = "") -> bool:
        """Tell whether a model could be asked: a key is set, or the model named needs none here."""
        chosen = self.model_settings(name)
        provider = chosen.name.partition(":")[0]
        return bool(chosen.api_key) if provider in {"google_genai", "openai"} else bool(name or self.model)


def read_settings(environment: Mapping[str, str] | None = None, env_file: Path | None = None) -> Settings:
    """Read the settings from `environment` (the process's by default) and, below it, from a `.env` file."""
    values: dict[str, str] = {}
    if env_file is not None and env_file.is_file():
        values.update(_read_env_file(env_file))
    process = os.environ if environment is None else environment
    telemetry = tuple((n, v) for n, v in sorted(values.items()) if n.startswith("OTEL_") and v and not process.get(n))
    values.update(process)
    keep_environment_secret(values)

    def value(*names: str) -> str | None:
        return next((values[name].strip() for name in names if values.get(name, "").strip()), None)

    for name in ("OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_TRACES_HEADERS"):
        # As in `authorization=Bearer%20TOKEN,other=value`; OpenTelemetry quotes what it finds malformed.
        headers = [header.partition("=")[2] or header for header in (value(name) or "").split(",")]
        keep_secret(*(word for header in headers for word in re.split(r" |%20", header)))

    return Settings(
        google_api_key=value("GOOGLE_API_KEY", "GEMINI_API_KEY"),
        google_base_url=value("GOOGLE_GEMINI_BASE_URL"),
        openai_api_key=value("OPENAI_API_KEY"),
        openai_base_url=value("OPENAI_BASE_URL", "OPENAI_API_BASE"),
        tavily_api_key=value("TAVILY_API_KEY"),
        tavily_base_url=value("TAVILY_BASE_URL"),
        model=value("SHUHO_MODEL") or "",
        answer_cache=value("SHUHO_ANSWER_CACHE") or "",
        checkpoints=value("SHUHO_CHECKPOINTS") or "",
        log=value("SHUHO_LOG") or "",
        log_level=(value("SHUHO_LOG_LEVEL") or "").lower(),
        traces=_traces(value),
        telemetry=telemetry,
    )


def _traces(value: Callable[..., str | None]) -> str:
    """Return where traces go by the usual variables of OpenTelemetry, empty when they are off."""
    if (value("OTEL_SDK_DISABLED") or "").lower() == "true" or value("OTEL_TRACES_EXPORTER") == "none":
        return ""
    whole, base = value("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"), value("OTEL_EXPORTER_OTLP_ENDPOINT")
    return whole or (f"{base.rstrip('/')}/v1/traces" if base else "")


def _read_env_file(path: Path) -> dict[str, str]:
    values: dict[str, str] = {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"{path}: cannot be read as UTF-8 text ({error})") from None
    for line in text.splitlines():
        name, sign, value = line.strip().removeprefix("export ").partition("=")
        if sign and not name.startswith("#"):
            values[name.strip()] = value.strip().strip("\"'")
    return values


def library_environment() -> Mapping[str, str]:
    """Return what says where shared libraries and fonts lie, for processes that get no other environment."""
    kinds = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH")
    return {name: os.environ[name] for name in kinds if name in os.environ}


@contextmanager
def lent_to_telemetry(settings: Settings) -> Iterator[None]:
    """Let OpenTelemetry find in the environment, while the block runs, what the `.env` file says to it."""
    for name, value in settings.telemetry:
        os.environ[name] = value
    try:
        yield
    finally:
        for name, _ in settings.telemetry:
            os.environ.pop(name, None)


def harden_environment() -> None:
    """Set what the libraries read from the environment: no unregistered types in checkpoints, no telemetry.

    Logs and tracebacks tell no secret from now on.
    BLAS gets one thread, which holds when numpy has not been imported yet (`agent.storage.embed` says why).
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # No wish: a checkpoint that may name any type runs code.
    os.environ["LANGGRAPH_STRICT_MSGPACK"] = "true"
    os.environ.setdefault("ANONYMIZED_TELEMETRY", "False")
    guard_logs()
