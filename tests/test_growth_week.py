from pathlib import Path

from agent.topic import PagesSpec, read_topic
from tests.growth_week import write_week


def written(folder: Path, seed: int) -> dict[str, bytes]:
    write_week(folder, 30, seed=seed)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_seed_makes_one_week(tmp_path: Path) -> None:
    first = written(tmp_path / "a", 3)
    assert first == written(tmp_path / "b", 3)
    assert first != written(tmp_path / "c", 4)
    (source,) = read_topic(tmp_path / "a" / "topic.toml").sources
    assert isinstance(source, PagesSpec)
    assert sorted(f"web/{url.removeprefix('https://')}" for url in source.urls) == sorted(first.keys() - {"topic.toml"})
