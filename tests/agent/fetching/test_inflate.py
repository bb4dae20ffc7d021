import gzip
import zlib

import pytest

from agent.errors import SourceError
from agent.fetching.inflate import BodyReader, Caps

TEXT = "今週のニュース。".encode() * 2000
CAPS = Caps(wire=1_000_000, decoded=3_000_000)


def read(raw: bytes, encoding: str, caps: Caps = CAPS, step: int = 1000) -> bytes:
    reader = BodyReader("http://news.example/", encoding, caps)
    for start in range(0, len(raw), step):
        reader.feed(raw[start : start + step])
    return reader.finish()


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def gzipped(data: bytes) -> bytes:
    """Return `data` in gzip without the hour: the names of the tests, made of it, are the same in every process."""
    return gzip.compress(data, mtime=0)


@pytest.mark.parametrize("step", [1, 7, 100_000])
@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT, ""),
        (TEXT, "identity"),
        (gzipped(TEXT), "gzip"),
        (gzipped(TEXT), "x-gzip"),
        (gzipped(TEXT[:999]) + gzipped(TEXT[999:]), "GZIP"),
        (gzipped(TEXT) + b"\0\0\0", "gzip"),
        (zlib.compress(TEXT), "deflate"),
        (raw_deflate(TEXT), "deflate"),
    ],
)
def test_body_comes_back(raw: bytes, encoding: str, step: int) -> None:
    assert read(raw, encoding, step=step) == TEXT


@pytest.mark.parametrize(
    ("raw", "encoding", "reason"),
    [
        (b"a" * 1_000_001, "", "too_large"),
        (gzipped(b"a" * 4_000_000), "gzip", "too_large"),
        (gzipped(b"a" * 2_000_000), "gzip", "too_large"),  # below the cap, but 1,000 to 1
        (gzipped(TEXT)[:-20], "gzip", "undecodable"),
        (b"no gzip at all", "gzip", "undecodable"),
        (b"neither way", "deflate", "undecodable"),
        (TEXT, "br", "undecodable"),
        (gzipped(gzipped(TEXT)), "gzip, gzip", "undecodable"),
    ],
)
def test_refused_bodies(raw: bytes, encoding: str, reason: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(raw, encoding)
    assert caught.value.reason == reason


def test_a_bomb_stops_near_the_limit() -> None:
    layer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(layer.compress(b"\0" * 1_000_000) for _ in range(200)) + layer.flush()
    reader = BodyReader("http://news.example/", "gzip", Caps(wire=1_000_000, decoded=3_000_000, ratio=10_000))
    with pytest.raises(SourceError, match="too_large"):
        reader.feed(bomb)
    assert len(reader._body) < 3_600_000


def test_truncated_reading_keeps_the_first_bytes() -> None:
    caps = Caps(wire=10, decoded=5000, truncate=True)
    assert read(gzipped(TEXT), "gzip", caps) == TEXT[:5000]
    assert read(TEXT, "", caps) == TEXT[:5000]
