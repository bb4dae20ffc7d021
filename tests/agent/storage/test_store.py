import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from agent.errors import SettingError
from agent.model import Article
from agent.storage.passages import passages_of
from agent.storage.store import ArticleStore, Filing, Hit
from tests.builders import HashingEncoder, article
from tests.load import within

ROOT = Path(__file__).resolve().parents[3]
CHIP = article("https://news.example/chip")
BREAD = article(
    "https://brot.example/brot",
    title="Brotpreise steigen",
    text="Der Preis für Roggenbrot ist gestiegen. Bäcker nennen teures Mehl als Grund.",
    language="de",
    country="DE",
)
LAW = article(
    "https://hou.example/ai",
    title="AI法が成立",
    text="国会で人工知能の法律が成立した。企業は年内に対応を迫られる。",
    language="ja",
    country="JP",
)
ALL = [CHIP, BREAD, LAW]
FILING = {
    CHIP.id: Filing("ai", "2026-W15", "chips", 1),
    BREAD.id: Filing("food", "2026-W15", "bread", 1),
    LAW.id: Filing("ai", "2026-W14", "law", 2),
}


@pytest.fixture
def store(tmp_path: Path):
    with ArticleStore(tmp_path / "chroma", HashingEncoder()) as opened:
        opened.put(ALL, FILING)
        opened.put_passages([CHIP, BREAD], FILING)
        yield opened


def ids(hits: list[Hit]) -> list[str]:
    return [hit.article_id for hit in hits]


def test_the_nearest_article_comes_first(store: ArticleStore) -> None:
    hits = store.near("Northbridge opens second AI chip plant", 10)
    assert ids(hits)[0] == CHIP.id
    assert sorted(ids(hits)) == sorted(a.id for a in ALL)
    assert [h.similarity for h in hits] == sorted((h.similarity for h in hits), reverse=True)


def test_similarity_is_the_cosine(store: ArticleStore) -> None:
    rows = store.vectors(ALL)
    hits = store.near_all(rows, 3)
    for row, near in zip(rows, hits, strict=True):
        exact = dict(zip((a.id for a in ALL), rows @ row, strict=True))
        assert {h.article_id: pytest.approx(h.similarity, abs=1e-3) for h in near} == exact
        assert near[0].similarity == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"topic": "ai"}, [CHIP, LAW]),
        ({"topic": "ai", "week": "2026-W15"}, [CHIP]),
        ({"country": "DE"}, [BREAD]),
        ({"language": "ja", "category": "law", "outlet": "News Example"}, [LAW]),
        ({"topic": "none"}, []),
    ],
)
def test_fields_narrow_the_search(store: ArticleStore, where: dict[str, str], expected: list[Article]) -> None:
    assert sorted(ids(store.near("AI", 10, where))) == sorted(a.id for a in expected)


def test_evidence_is_looked_for_in_the_named_articles_only(store: ArticleStore) -> None:
    claim = "Brotpreise: Der Preis für Roggenbrot ist gestiegen."
    assert ids(store.evidence(claim, [BREAD.id, CHIP.id], 1)) == [BREAD.id]
    (hit,) = store.evidence(claim, [CHIP.id])
    assert CHIP.text[hit.start : hit.start + len(hit.text)] == hit.text
    assert store.evidence(claim, [LAW.id]) == []


def test_storing_again_replaces(store: ArticleStore) -> None:
    shorter = CHIP.model_copy(update={"text": "A short note on the plant."})
    store.put([shorter], FILING)
    store.put_passages([shorter], FILING)
    assert store.count() == (3, 2)
    (hit,) = store.evidence("plant", [CHIP.id])
    assert hit.text == "A short note on the plant."
    store.put_passages([shorter.model_copy(update={"text": ""})], FILING)
    assert store.evidence("plant", [CHIP.id]) == []


def test_refiling_keeps_vectors_and_changes_what_is_known(store: ArticleStore) -> None:
    new = article("https://news.example/new", title="Another one")
    before = store.near(CHIP.title, 1)
    store.refile([CHIP, new], {CHIP.id: Filing("ai", "2026-W16"), new.id: Filing("ai", "2026-W16")})
    assert sorted(ids(store.near("x", 9, {"week": "2026-W16"}))) == sorted([CHIP.id, new.id])
    assert store.near(CHIP.title, 1) == before


def test_forgetting_removes_article_and_passages(store: ArticleStore) -> None:
    store.forget([CHIP.id])
    store.forget([])
    assert store.count() == (2, 1)
    assert CHIP.id not in ids(store.near(CHIP.title, 10))


def test_a_rebuild_answers_as_before(store: ArticleStore) -> None:
    before = store.near_all(store.vectors(ALL), 3), store.evidence("Bäcker nennen teures Mehl", [BREAD.id])
    store.clear()
    assert (store.count(), store.near("AI", 3)) == ((0, 0), [])
    store.put(ALL, FILING)
    store.put_passages([CHIP, BREAD], FILING)
    assert (store.near_all(store.vectors(ALL), 3), store.evidence("Bäcker nennen teures Mehl", [BREAD.id])) == before


def test_a_closed_store_opens_again_with_what_it_held(store: ArticleStore) -> None:
    store.close()
    store.close()
    assert store.count() == (3, 2)


def test_other_encoders_keep_to_themselves(tmp_path: Path) -> None:
    class Other(HashingEncoder):
        name = "hashing-64"

        def encode(self, texts):
            return super().encode(texts)[:, :64]

    with ArticleStore(tmp_path, HashingEncoder()) as store:
        store.put(ALL, FILING)
    with ArticleStore(tmp_path, Other()) as other:
        assert other.count() == (0, 0)
        other.put([CHIP], FILING)
        other.clear()
    with ArticleStore(tmp_path, HashingEncoder()) as store:
        assert store.count() == (3, 0)


def test_nothing_to_store_or_to_ask(tmp_path: Path) -> None:
    with ArticleStore(tmp_path, HashingEncoder()) as store:
        assert store.put([], {}).shape == (0, 256)
        store.put_passages([], {})
        assert store.near_all(np.zeros((0, 256), dtype=np.float32), 3) == []
        assert (store.near("x", 3), store.evidence("x", [])) == ([], [])


def test_no_article_of_many_is_lost(tmp_path: Path) -> None:
    articles = [article(f"https://news.example/{n}", title=f"Story number {n * 7919}") for n in range(1200)]
    filing = {a.id: Filing("ai", f"2026-W{n % 40 + 10}") for n, a in enumerate(articles)}
    with ArticleStore(tmp_path, HashingEncoder()) as store:
        rows = store.put(articles, filing)
        found = store.near_all(rows[:40], 5)
        assert [a.id in ids(near) for a, near in zip(articles, found, strict=False)] == [True] * 40
        assert len(store.near("Story", 30, {"week": "2026-W12"})) == 30


HOLDER = """
import sys, time
from pathlib import Path
from agent.storage.store import ArticleStore, Filing
from tests.builders import HashingEncoder, article
held = article("https://news.example/held")
with ArticleStore(Path(sys.argv[1]), HashingEncoder()) as store:
    store.put([held], {held.id: Filing("ai", "2026-W15")})
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def holder(path: Path, seconds: float) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path), str(seconds)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def test_one_process_at_a_time(tmp_path: Path) -> None:
    with holder(tmp_path, 60) as child:
        store = ArticleStore(tmp_path, HashingEncoder(), wait=0.2)
        with pytest.raises(SettingError, match="another process has held the store for 0 s"):
            store.count()
        child.kill()
        child.wait()
        # The lock dies with its process; nothing has to be cleaned up.
        assert store.count() == (1, 0)
        store.close()


def test_the_second_process_waits_its_turn(tmp_path: Path) -> None:
    with holder(tmp_path, 0.5), ArticleStore(tmp_path, HashingEncoder(), wait=30) as store, within(10):
        assert store.count() == (1, 0)


@pytest.mark.parametrize("text", ["", "One. Two. Three.", "一つ。" * 300, "word " * 400, "A line\n" * 200, "x" * 5000])
def test_passages_cover_the_text(text: str) -> None:
    whole = article(text=text, language="ja" if "一" in text else "en")
    passages = passages_of(whole)
    assert [whole.text[start : start + len(part)] for start, part in passages] == [part for _, part in passages]
    covered = "".join(part for _, part in passages)
    assert "".join(covered.split()) == "".join(text.split())
    longest = max((len(line) for line in text.split("\n")), default=0)
    assert all(len(part) <= max(400, longest) for _, part in passages)


class CountingEncoder(HashingEncoder):
    """Remembers what it was asked to encode."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        return super().encode(texts)


def test_vectors_that_are_stored_are_not_made_again(tmp_path: Path) -> None:
    encoder = CountingEncoder()
    with ArticleStore(tmp_path / "chroma", encoder) as store:
        made = store.put(ALL, FILING)
        encoder.asked.clear()
        changed = CHIP.model_copy(update={"text": "Another text."})
        rows = store.vectors([LAW, changed, BREAD])
    assert encoder.asked == [CHIP.title, "Another text."]
    assert np.allclose(rows[[0, 2]], made[[2, 1]], atol=1e-6)
    assert not np.allclose(rows[1], made[0], atol=1e-2)
