"""`python -m bench [NAME…]`: every bench's rows as one table.

A bench is a module of this package that offers `rows() -> list[tuple[str, float, str]]`: what was
measured, the figure, and its unit or what it is held against.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pkgutil import iter_modules

import bench


def main(wanted: list[str]) -> int:
    names = [info.name for info in iter_modules(bench.__path__) if not info.name.startswith("_")]
    unknown = set(wanted) - set(names)
    if unknown:
        print(f"There is no bench named {', '.join(sorted(unknown))}.", file=sys.stderr)
        return 2
    for name in wanted or names:
        module = import_module(f"bench.{name}")
        if not hasattr(module, "rows"):
            continue
        print(f"\n{name}", flush=True)
        for what, figure, unit in module.rows():
            print(f"  {what:<64} {figure:>12,.4g}  {unit}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
