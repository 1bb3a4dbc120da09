"""The sentences of keeping and erasing: each kind of record, how it goes, and what the law keeps."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

Text = str | Promise

# fmt: off
KIND_WORDS: dict[str, tuple[Text, Text]] = {
    "record": (_("A whole record"), _("After the last time with us was over. Erased as on the person's own wish.")),
    "notes": (_("Notes"), _("Words of notes and calls, and what was added. That there was a contact still counts.")),
    "messages": (_("Messages"), _("After the two stopped walking together.")),
    "times": (_("Times together"), _("After the day.")),
    "check_ins": (_("Check-ins"), _("After the day. Also what was told about a return to use.")),
    "answers": (_("Questionnaires"), _("After they were begun.")),
    "worries": (_("Worries"), _("After they were resolved.")),
    "choices": (_("Words of choosing"), _("Why an offer was declined or a change of peer was asked for.")),
    "asks": (_("Asks"), _("From the public page, taken up or not.")),
    "applications": (_("Applications that came to nothing"), _("Of people who would have liked to be a peer.")),
    "lists": (_("Lists of people"), _("Their rows, after they were brought in.")),
    "notices": (_("Notices sent"), _("Neutral messages, with the address they went to.")),
    "readers": (_("Who could read a record"), _("After the permission ended.")),
    "files": (_("Requests for files and for erasing"), _("Who asked, who agreed, why.")),
    "drafts": (_("Consents that nobody signed"), _("After they were begun.")),
    "papers": (_("Papers about privacy"),
               _("Notices offered, wishes to keep something back, complaints: after they ended.")),
    "consents": (_("Signed consents"), _("After the day on which they were last in effect.")),
    "accounting": (_("The list of what was sent"), _("After the day on which it left.")),
}
"""Kind of record -> its name, and from when its period runs."""

HOW: dict[str, Text] = {
    "person": _("The record is erased; figures go on counting."),
    "words": _("The words go; what is counted stays."),
    "row": _("All of it is erased."),
}
GOES: tuple[Text, ...] = (
    _("your name, how to reach you, your birth date and everything else that says who you are"),
    _("what you asked for, and your wishes"),
    _("the words of all notes about you, your answers, messages and times"),
    _("your plan, your pages for hard days and for staying well, your days, check-ins and questions"),
    _("what you practised, who is in your life, calls with us, and what you told us about a return to use"),
    _("the pages that partners got, with their answers"),
    _("places you went to, and what happened on the way"),
    _("worries that somebody had about you"),
    _("your stories with their recordings, and what visitors wrote beneath them"),
    _("who could read about you, and your account with us"),
)
"""What an erasing takes, to the person."""

STAYS: dict[str, Text] = {
    "papers": _("That we offered you our notice; what you asked us to keep back; complaints and our answers. "
                "The law asks for it (45 CFR 164.530(j))."),
    "consents": _("What you signed, with its text. The law asks us to be able to show it (45 CFR 164.530(j))."),
    "accounting": _("What was sent to others: day, to whom, what kind of thing. The law asks for it (45 CFR 164.528)."),
}
ALSO_STAYS: tuple[Text, ...] = (
    _("The log of who opened your record. It holds no name of yours and nothing you said, but the reason somebody "
      "wrote for opening it. Taking a line out would break the proof that nothing was changed."),
    _("If a court or the law asked us about you: that it was so, with days and without your words."),
    _("Counts, such as how many people were with us in a year. Nobody can tell from them that you were one."),
    _("Backups, until they are too old and are removed. If one has to be brought back, you are erased from it again."),
)
WHY_NOT: dict[str, Text] = {
    "works_here": _("Somebody who works here is in the papers of others, too. Ask the director."),
    "held": _("It cannot be done yet. The director knows why, and it waits here."),
    "one_person": _("It takes two people. Somebody else has to agree."),
    "waits": _("It waits for its day."),
    "nobody": _("Nobody has made sure yet that it is their wish."),
}
# fmt: on


def say_months(months: int) -> str:
    """A period as people say it: whole years as years."""
    if months % 12 == 0:
        years = months // 12
        return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    return ngettext("%(n)d month", "%(n)d months", months) % {"n": months}


SEALED_WORDS: dict[str, Text] = {
    "consent": _("Consent"), "disclosure": _("Something that was sent"), "emergency": _("Told in an emergency"),
    "release": _("Sent by order of a court"), "report": _("A report that the law demands"),
    "notice": _("Our notice was offered"), "limits": _("The limits of silence were told"),
    "restriction": _("A wish to keep something back"), "complaint": _("A complaint"),
}  # fmt: skip
