"""Help inside the page: what each page is for, in six short sentences for each role."""

from starlette.responses import Response

from kb.faces.web.ask import Ask

WEEK = "/?days=7"
ROLES = {
    "csm": ("/", WEEK, "/reviews", "", "", "/accounts"),
    "reviewer": ("/reviews/next", "", "", "", "/insights", ""),
    "newcomer": ("/reading", "/search", "/train", "/playbook", f"{WEEK}&all=1", ""),
    "leader": (
        "/board",
        "/insights?groups=1",
        "/playbook",
        "/playbook#h-unused",
        "/?all=1",
        "/settings",
    ),
}
"""Where each sentence leads, "" for those that lead nowhere."""


def show(ask: Ask) -> Response:
    """Show the help."""
    return ask.show(
        "help.html.j2",
        here="help",
        roles={
            role: [(f"help-{role}-{n}", path) for n, path in enumerate(paths, 1)]
            for role, paths in ROLES.items()
        },
    )
