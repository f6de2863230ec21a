"""What pages cost, and what many at once: `python -m bench.web [--json] [--only PART…]`.

Stores are made in a scratch folder and a `kb serve` is asked over the socket:

- `account`: the page of an account of 260 meetings, and what pages weigh;
- `many`: Today and search over 2,000 accounts of 20 meetings, and memory after 1,000 views;
- `real`: a save and a search on 2,000 real pages (`minutes` below `--data`), beside bare git;
- `load`: 200 reads and 10 saves a second for a minute, and whether all that was saved is there.

Times are milliseconds of the clock. Where bare Python takes longer to start than 12 ms the limits
are longer by as much. Exit code 1 says that a target was missed.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.webparts import measures, stores
from bench.webparts.serving import bare_python

BARE = 12.0
"""Milliseconds of CPU that bare Python takes where the limits hold; elsewhere they are scaled."""
PARTS = ("account", "many", "real", "load")
LONG, ACCOUNTS, OTHERS = 260, 2_000, 50


def measured(
    part: str, folder: Path, scale: float, options: argparse.Namespace
) -> Iterator[measures.Row]:
    """Yield the rows of a part; stores are made in `folder`."""
    root = folder / part
    if part == "account":
        stores.many(root, OTHERS, long=LONG)
        yield from measures.long_account(root, scale)
    elif part == "many":
        stores.many(root, options.accounts)
        yield from measures.many_accounts(root, scale)
    elif part == "real":
        pages = list(stores.pages(options.data))
        if not pages:
            print(f"no real pages in {options.data}/minutes: pages of our own instead")
            pages = [stores.document(f"a{n}", 3, n) for n in range(600)]
        stores.real(root, pages, options.accounts)
        yield from measures.real_pages(root, scale)
    else:
        stores.many(root, options.busy)
        yield from measures.under_load(root, options.pace)


def main() -> int:
    """Measure and print; 1 when a target was missed."""
    asked = argparse.ArgumentParser(prog="python -m bench.web")
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    asked.add_argument("--accounts", type=int, default=ACCOUNTS)
    asked.add_argument("--busy", type=int, default=200, help="accounts of the store under load")
    asked.add_argument("--pace", type=int, nargs=3, default=(200, 10, 60))
    given = os.environ.get("KB_SHARED", "../shared")
    asked.add_argument("--data", type=Path, default=Path(given) / "data")
    options = asked.parse_args()
    bare = bare_python()
    scale = max(1.0, bare / BARE)
    rows = [measures.row("bare Python, ms of CPU", bare, None, load=os.getloadavg()[0])]
    if not options.json:
        _print(rows[0])
    with tempfile.TemporaryDirectory() as folder:
        for part in options.only:
            for row in measured(part, Path(folder), scale, options):
                rows.append(row)
                if not options.json:
                    _print(row)
    missed = [row["what"] for row in rows if not row["kept"]]
    if options.json:
        print(json.dumps({"rows": rows, "missed": missed}, ensure_ascii=False, indent=2))
    elif missed:
        print(f"missed: {'; '.join(missed)}")
    return 1 if missed else 0


def _print(row: measures.Row) -> None:
    rest = {k: v for k, v in row.items() if k not in ("what", "value", "at_most", "kept")}
    most = "" if row["at_most"] is None else f"≤ {row['at_most']}"
    more = "  ".join(f"{key} {value}" for key, value in rest.items())
    sign = " " if row["kept"] else "!"
    print(f"{sign} {row['what']:<52}{row['value']:>8} {most:<10} {more}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
