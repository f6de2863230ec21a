"""What searches need, for pages: loaded beside them, and used once it is there.

The first question of a process loads the model and encodes what was never encoded; that takes
seconds, or minutes in a large store. No page waits for it: until then words alone decide.
"""

from threading import Lock, Thread
from typing import TYPE_CHECKING

from kb.faces.web import apart
from kb.faces.web.behind import Behind
from kb.work import searching

if TYPE_CHECKING:
    from kb.faces.web.behind import Told
    from kb.faces.web.site import Site
    from kb.work.context import Context

LOADED: Behind[bool] = Behind(Lock())
"""Nothing else waits for it: a large store is encoded once, for minutes."""


def words_ready(site: "Site", ctx: "Context") -> bool:
    """Tell whether little is left to be read for searches; else have it read beside the pages.

    A server without another process reads when it is asked, as a command does; so does one that
    can keep nothing.
    """
    if site.searcher is None or searching.waiting(ctx) < apart.LARGE or ctx.catalogue.in_memory:
        return True
    if apart.TURN.acquire(blocking=False):
        Thread(target=_read, args=(site,), daemon=True).start()
    return False


def _read(site: "Site") -> None:
    """Read in another process, and here what that leaves."""
    try:
        ctx = site.open()
        try:
            for _ in apart.Reading(ctx.root, "words").said():
                pass
            ctx.catalogue.rows(lambda db: searching.with_engine(ctx, db, lambda _: None))
        finally:
            ctx.close()
    except Exception as error:  # noqa: BLE001 (the next search tries again)
        site.fault(error)
    finally:
        apart.TURN.release()


def ready(site: "Site") -> bool:
    """Tell whether questions are answered by meaning now; else begin to load what that needs.

    What goes wrong is written down, and words alone decide.
    """
    if not searching.knows_meanings():
        return False
    job = LOADED.begin(site.store, lambda told: _load(site, told))
    return job.wait(0) and job.result()


def _load(site: "Site", told: "Told") -> bool:
    try:
        ctx = site.open()
        try:
            if apart.behind(ctx, meanings=True):
                for line in apart.Reading(ctx.root, "meanings").said():
                    done, _, of = line.partition(" ")
                    if of:
                        told(int(done), int(of))
            if site.searcher is None or not site.searcher.load(ctx):
                searching.search(ctx, "?", limit=1, meaning=True, reading=told)
        finally:
            ctx.close()
    except Exception as error:  # noqa: BLE001 (a search is answered all the same)
        site.fault(error)
        return False
    return True
