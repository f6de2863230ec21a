"""How every run of a command ends: with its answer or one complaint, and an exit code."""

import errno
from collections.abc import Callable

from kb.errors import KbError, Kept
from kb.faces.cli import output
from kb.faces.cli.run import Run

INTERRUPTED = 130

_DISK = {
    errno.EACCES: "file-not-allowed",
    errno.EPERM: "file-not-allowed",
    errno.EROFS: "file-read-only",
    errno.ENOSPC: "file-disk-full",
    errno.EDQUOT: "file-disk-full",
}


def ended(work: Callable[[], int], this: Run, lang: str, *, as_json: bool) -> int:
    """Do `work`; complain in `lang` about what it raises; return the exit code.

    `BrokenPipeError` passes: whoever read us has gone away, and nothing can be said.
    """
    failed = True
    try:
        code = work()
        failed = False
    except KeyboardInterrupt:
        output.progress("")
        code = INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 -- the last resort: nobody sees a traceback
        said = error if isinstance(error, KbError) else _said(error, this)
        output.complain(said, lang, as_json=as_json)
        code = said.exit_code
    this.close()
    if not (failed and as_json):  # one document on stderr, and nothing else
        for hint, params in this.hints():
            output.note(hint, params, lang)
    return code


def _said(error: Exception, this: Run) -> KbError:
    """Return a failure of the disk or of rights as such, anything else as a fault of ours."""
    code = _DISK.get(error.errno or 0) if isinstance(error, OSError) else None
    if isinstance(error, OSError) and code is not None:
        return Kept(code, path=error.filename or "")
    from kb.faces.cli.faults import logged

    return KbError("fault", log=logged(error, this.store))
