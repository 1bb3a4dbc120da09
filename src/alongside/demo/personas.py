"""What the terminal says after the demo is loaded."""

PERSONAS = (
    ("Carmen", "coordinator", "the board, asks, rosters"),
    ("Rosa", "participant", "walks with Dante; her pages are in Spanish"),
    ("Olu", "participant", "has three people to choose from"),
    ("Yolanda", "participant, loved one", "asked Dante this morning"),
    ("Dante", "peer", "Today, notes, an offer to answer"),
    ("Lien", "supervisor", "the team, people nobody reached, notes to thank for"),
    ("Dolores", "director", "honest figures; opens a record only with a reason"),
    ("Noor", "council", "policies in force"),
    ("Ada", "administrator", "accounts and roles, nobody's record"),
    ("Marcus", "coordinator of another program", "sees nobody of the first"),
)


def how_to_sign_in(url: str) -> list[str]:
    """Lines for the terminal: where to go, and who is who."""
    lines = ["", f"  Open {url}/demo/ and choose who you are (everybody in it is invented):", ""]
    lines += [f"    {name:<9} {role:<31} {what}" for name, role, what in PERSONAS]
    return [*lines, "", f"  The public page, as a visitor sees it: {url}/", "  Stop with Ctrl+C.", ""]
