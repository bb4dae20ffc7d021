import itertools

import numpy as np
import pytest

from agent.selection.events import DISTANCE, average_link, group_events
from agent.storage.embed import unit_rows
from tests.builders import HashingEncoder, article


def brute_force(distances: np.ndarray, threshold: float) -> list[list[int]]:
    """Merge the two clusters with the least mean distance between their members, as the definition says."""
    clusters = [[i] for i in range(len(distances))]
    while len(clusters) > 1:
        pairs = itertools.combinations(range(len(clusters)), 2)
        distance, a, b = min((distances[np.ix_(clusters[a], clusters[b])].mean(), a, b) for a, b in pairs)
        if distance > threshold:
            break
        clusters[a] += clusters.pop(b)
    return sorted(sorted(cluster) for cluster in clusters)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("threshold", [0.1, 0.4, 0.7, 2.0])
def test_average_link_is_what_its_definition_says(seed: int, threshold: float) -> None:
    numbers = np.random.default_rng(seed)
    rows = unit_rows(
        (numbers.normal(size=(18, 4)) + 2 * numbers.normal(size=(6, 4)).repeat(3, axis=0)).astype(np.float32)
    )
    distances = (1.0 - rows @ rows.T).astype(np.float64)
    distances = (distances + distances.T) / 2
    before = distances.copy()
    assert sorted(average_link(distances, threshold)) == brute_force(distances, threshold)
    assert np.array_equal(distances, before)


@pytest.mark.parametrize(
    ("distances", "threshold", "expected"),
    [
        ([[0.0]], 1.0, [[0]]),
        ([[0.0, 0.5], [0.5, 0.0]], 0.5, [[0, 1]]),
        ([[0.0, 0.5], [0.5, 0.0]], 0.49, [[0], [1]]),
        ([[0, 0.1, 0.9], [0.1, 0, 0.3], [0.9, 0.3, 0]], 0.5, [[0, 1], [2]]),
        ([[0, 0.1, 0.9], [0.1, 0, 0.3], [0.9, 0.3, 0]], 0.6, [[0, 1, 2]]),
    ],
)
def test_small_cases(distances: list[list[float]], threshold: float, expected: list[list[int]]) -> None:
    assert average_link(np.array(distances), threshold) == expected


TITLES = [
    "Northbridge opens Kumamoto plant NB-7 for AI chips",
    "Northbridge starts making AI chips NB-7 at its Kumamoto plant",
    "Bakers in Bavaria raise the price of rye bread again",
    "Court in Oslo hears the case against fishing in the fjord",
]


def test_reports_of_one_event_meet() -> None:
    articles = [article(f"https://{n}.example/", title=title, text=title) for n, title in enumerate(TITLES)]
    assert group_events(articles, HashingEncoder().encode(TITLES)) == [[0, 1], [2], [3]]


def test_shared_rare_names_bring_reports_together() -> None:
    vectors = np.zeros((3, 8), dtype=np.float32)
    vectors[0, 0] = vectors[2, 5] = 1.0
    vectors[1, :2] = 0.6, 0.8
    names = "Northbridge NB-7 Kumamoto Aso Higo Yatsushiro Amakusa Minamata Ueki Kikuchi Arao Tamana Uto Uki Koshi"
    with_names = [article(f"https://{n}.example/", title="", text=names if n < 2 else "none") for n in range(3)]
    without = [a.model_copy(update={"text": "none"}) for a in with_names]
    assert group_events(without, vectors) == [[0], [1], [2]]
    assert group_events(with_names, vectors) == [[0, 1], [2]]


def of_vectors_alone(vectors: np.ndarray) -> list[list[int]]:
    return sorted(average_link(1.0 - vectors @ vectors.T, DISTANCE))


@pytest.mark.parametrize("count", [40, 700])
def test_what_hangs_together_is_clustered_as_if_all_were_at_once(count: int) -> None:
    numbers = np.random.default_rng(count)
    centres = numbers.normal(size=(count // 5, 24)).repeat(5, axis=0)
    vectors = unit_rows((centres + 0.45 * numbers.normal(size=(count // 5 * 5, 24))).astype(np.float32))
    articles = [article(f"https://{n}.example/", title="", text="none") for n in range(len(vectors))]
    found = group_events(articles, vectors)
    assert found == of_vectors_alone(vectors)
    assert 1 < max(map(len, found)) < count / 2


@pytest.mark.parametrize("whole", [1, 20, 250])
def test_a_set_too_large_for_memory_is_clustered_as_if_it_were_not(whole: int) -> None:
    numbers = np.random.default_rng(whole)
    # So close that nearly all hang together, with names that some share.
    centres = numbers.normal(size=(60, 12)).repeat(6, axis=0)
    vectors = unit_rows((centres + 0.9 * numbers.normal(size=(360, 12))).astype(np.float32))
    texts = [f"Northbridge NB-{numbers.integers(40)} and Kumamoto K-{numbers.integers(40)}" for _ in vectors]
    articles = [article(f"https://{n}.example/", title="", text=text) for n, text in enumerate(texts)]
    found = group_events(articles, vectors)
    assert group_events(articles, vectors, whole) == found
    assert 20 < len(found) < 300


def test_one_and_none() -> None:
    one = [article()]
    assert group_events([], np.zeros((0, 8), dtype=np.float32)) == []
    assert group_events(one, HashingEncoder().encode(["x"])) == [[0]]
