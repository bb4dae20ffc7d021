"""The garbage collector during a run's start."""

import gc

import pytest

from shuho.collecting import collector_held_back, let_collector_go


def test_the_collector_stays_off_until_the_start_is_over() -> None:
    seen = [gc.isenabled()]
    with collector_held_back():
        seen.append(gc.isenabled())
        let_collector_go()
        seen += [gc.isenabled(), gc.get_freeze_count() > 0]
    assert [*seen, gc.isenabled(), gc.get_freeze_count()] == [True, False, True, True, True, 0]


def test_a_start_that_fails_leaves_the_collector_on() -> None:
    with pytest.raises(ValueError, match="no topic"), collector_held_back():
        raise ValueError("no topic")
    assert gc.isenabled()


def test_outside_a_start_nothing_is_set_aside() -> None:
    let_collector_go()
    assert (gc.isenabled(), gc.get_freeze_count()) == (True, 0)
