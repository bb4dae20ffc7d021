"""`python -m tests.fuzz --count 10000 [--target pages] [--first SEED]`: prints how many inputs broke what."""

from __future__ import annotations

import argparse
import sys

from tests.fuzz.running import fuzz
from tests.fuzz.targets import TARGETS


def main() -> int:
    """Fuzz and return 1 when something broke."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="inputs for each target")
    parser.add_argument("--target", choices=list(TARGETS), nargs="*", default=list(TARGETS))
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    chosen = parser.parse_args()
    broken = 0
    for target in chosen.target:
        result = fuzz(target, chosen.count, chosen.first)
        broken += result.faults.total()
        print(
            f"{target:8} {result.inputs:7,} inputs  {result.faults.total():4} broke something  "
            f"slowest {result.slowest:.2f} s CPU (seed {result.slowest_seed})",
            flush=True,
        )
        for fault, times in result.faults.most_common(20):
            print(f"    {times:4} × {fault}  (seed {result.seeds[fault]})", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
