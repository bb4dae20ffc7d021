import pytest

from agent.errors import SourceError
from agent.fetching.network import check_url, is_public


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.1.1", False),
        ("255.255.255.255", False),
        ("192.88.99.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff0e::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.215.14", False),
        ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b:1::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:53aa:64c:0:7f:80ff:fffe", False),
        ("news.example", False),
    ],
)
def test_only_public_addresses_pass(address: str, public: bool) -> None:
    assert is_public(address) is public


@pytest.mark.parametrize(
    ("url", "any_port", "expected"),
    [
        ("https://news.example/a?b=1#part", False, "https://news.example/a?b=1"),
        ("HTTPS://News.Example:443/", False, "https://news.example/"),
        ("http://news.example:8080/", True, "http://news.example:8080/"),
        ("http://日本.example/記事", False, "http://xn--wgv71a.example/%E8%A8%98%E4%BA%8B"),
    ],
)
def test_usable_addresses_in_normal_form(url: str, any_port: bool, expected: str) -> None:
    assert check_url(url, any_port=any_port) == expected


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://news.example/a",
        "data:text/html,hello",
        "javascript:alert(1)",
        "//news.example/a",
        "news.example/a",
        "",
        "http://",
        "http://user:secret@news.example/",
        "http://news.example:8080/",
        "http://news.example:22/",
        "http://[::1/",
        "http://news.example/" + "a" * 2048,
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(SourceError) as caught:
        check_url(url, any_port=False)
    assert caught.value.reason == "refused_address"
