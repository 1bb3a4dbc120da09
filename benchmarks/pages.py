"""The pages that are measured: who asks for them, and what they may cost."""

from dataclasses import dataclass

REAL_PATH = "X-Floor-Path"
"""Header to a floor: the address of the real page, such as that of a participant's record."""


@dataclass(frozen=True)
class Page:
    """One page. `path` may name `{record}`, a participant of the one who asks. `form` is posted, if any.

    `writes_audit`: the view itself writes to the log, so it may cost more of its constants page. `rows`: a list of up
    to so many rows, whose constants page is compared with the empty page.
    """

    name: str
    title: str
    act: str
    path: str
    role: str = ""
    form: tuple[tuple[str, str], ...] = ()
    writes_audit: bool = False
    rows: int = 0


NOTE = (
    ("outcome", "reached"), ("mode", "phone"), ("minutes", "15"), ("kinds_of_support", "emotional"),
    ("note", "We walked around the park and talked about the week."), ("next_step", "Call about the room"),
    ("notice", "offered"), ("next_day", "3"), ("happened", "now"), ("read_together", "yes"),
)  # fmt: skip

PAGES = {
    page.name: page
    for page in (
        Page("home", "Public page", "see_public", "/"),
        Page("ask", "Ask for someone", "ask_for_someone", "/ask/"),
        Page("help", "Help now", "see_public", "/help/"),
        Page("sign-in", "Sign-in page", "sign_in", "/account/sign-in/"),
        Page("today", "Today", "see_today", "/today/", "peer"),
        Page("caseload", "Caseload", "see_today", "/caseload/", "peer", rows=40),
        Page("record", "Participant's record", "open_record", "/people/{record}/", "peer", writes_audit=True, rows=30),
        Page("search", "Search by name", "search_people", "/people/find/", "coordinator", (("words", "{word}"),),
             writes_audit=True, rows=50),
        Page("board", "Waiting list (board)", "see_board", "/board/", "coordinator", writes_audit=True, rows=50),
        Page("waiting", "Waiting list, one state", "see_board", "/board/?show=ready", "coordinator",
             writes_audit=True, rows=50),
        Page("team", "Supervisor's page", "see_team", "/team/", "supervisor", writes_audit=True),
        Page("impact", "Impact", "see_impact", "/impact/", "director", writes_audit=True),
        Page("note", "Contact note saved", "write_contact", "/people/{record}/note/", "peer", NOTE, writes_audit=True),
    )
}  # fmt: skip
QUICK = ("help", "today")
