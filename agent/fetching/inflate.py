"""Undo one content encoding while counting, so that a small answer cannot become a large one in memory."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from agent.errors import SourceError

_STEP = 256 * 1024


@dataclass(frozen=True)
class Caps:
    """How many bytes one answer may have: on the wire, after decoding, and decoded bytes to one of the wire.

    `truncate` keeps the first `decoded` bytes instead of refusing the answer. The ratio counts above `ratio_from`
    bytes.
    """

    wire: int
    decoded: int
    ratio: int = 100
    ratio_from: int = 1_000_000
    truncate: bool = False


class BodyReader:
    """Collects one answer's body from its raw bytes.

    Understands identity, gzip and deflate (RFC 9110 §8.4.1; deflate with and without the zlib header), one layer only.
    """

    def __init__(self, url: str, content_encoding: str, caps: Caps) -> None:
        self._url = url
        self._caps = caps
        self._wire = 0
        self._body = bytearray()
        self._encoding = self._one_layer(content_encoding)
        self._inflater: zlib._Decompress | None = None
        self._start = b""

    def _one_layer(self, content_encoding: str) -> str:
        layers = [name.strip().lower() for name in content_encoding.split(",")]
        layers = [name.removeprefix("x-") for name in layers if name not in ("", "identity")]
        if len(layers) > 1 or (layers and layers[0] not in ("gzip", "deflate")):
            raise SourceError("undecodable", self._url, f"content encoding {content_encoding!r}")
        return layers[0] if layers else ""

    @property
    def full(self) -> bool:
        """Tell whether a truncated body has all the bytes that it may have."""
        return self._caps.truncate and len(self._body) >= self._caps.decoded

    def feed(self, raw: bytes) -> None:
        """Take raw bytes as they come. Raises SourceError (too_large, undecodable)."""
        self._wire += len(raw)
        if self._wire > self._caps.wire and not self._caps.truncate:
            raise self._too_large(f"more than {self._caps.wire} bytes")
        if self._encoding:
            self._inflate(raw)
        else:
            self._keep(raw)

    def finish(self) -> bytes:
        """Return the body. Raises SourceError (undecodable) when the encoded stream stops before its end."""
        begun = self._inflater is not None or bool(self._start)
        whole = self._inflater is not None and self._inflater.eof
        if begun and not whole and not self._caps.truncate:
            raise SourceError("undecodable", self._url, f"{self._encoding} ends too early")
        return bytes(self._body[: self._caps.decoded])

    def _inflate(self, raw: bytes) -> None:
        raw = self._start + raw
        self._start = b""
        while not self.full:
            if self._inflater is None or self._inflater.eof:
                if len(raw) < 2:
                    self._start = raw
                    return
                if self._inflater is not None and not self._more_follows(raw):
                    return
                self._inflater = zlib.decompressobj(self._window(raw))
            try:
                part = self._inflater.decompress(raw, _STEP)
            except zlib.error as error:
                raise SourceError("undecodable", self._url, f"{self._encoding}: {error}") from None
            self._keep(part)
            raw = self._inflater.unused_data if self._inflater.eof else self._inflater.unconsumed_tail
            # A full step may leave output inside the inflater although it has taken all input.
            if not raw and len(part) < _STEP:
                return

    def _more_follows(self, raw: bytes) -> bool:
        return self._encoding == "gzip" and raw.startswith(b"\x1f\x8b")

    def _window(self, raw: bytes) -> int:
        """Return zlib's number for the format that `raw` begins with (RFC 1950 §2.2 for the zlib header)."""
        if self._encoding == "gzip":
            return 31
        return 15 if raw[0] & 15 == 8 and int.from_bytes(raw[:2]) % 31 == 0 else -15

    def _keep(self, part: bytes) -> None:
        self._body += part
        size = len(self._body)
        if self._caps.truncate:
            return
        if size > self._caps.decoded:
            raise self._too_large(f"more than {self._caps.decoded} bytes")
        if size > self._caps.ratio_from and size > self._caps.ratio * self._wire:
            raise self._too_large(f"inflates more than {self._caps.ratio} to 1")

    def _too_large(self, detail: str) -> SourceError:
        return SourceError("too_large", self._url, detail)
