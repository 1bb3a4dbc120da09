"""The sentences of stories. Codes are in `rules.stories`, `rules.sound` and `rules.lifecycles`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

# fmt: off
PROMPTS: dict[str, tuple[Text, Text]] = {
    "like": (_("What it was like"),
             _("A day you remember, what you felt, what you told nobody. A few sentences are enough.")),
    "happened": (_("What happened"),
                 _("Something turned, or somebody was there. Leave out amounts and how it was done.")),
    "helped": (_("What helped"), _("People, places, small things. What would you do again?")),
    "tell": (_("What I’d tell someone starting"), _("One sentence that you would have liked to hear.")),
    "spoken": (_("What you say in the recording, in writing"),
               _("So that people who cannot hear it can read it. It must say the same.")),
}
"""Part -> its name, and what may help to begin. The names are headings of the story as well."""

HEADINGS: dict[str, Text] = {
    "like": _("What it was like"), "happened": _("What happened"), "helped": _("What helped"),
    "tell": _("What I’d tell someone starting"), "spoken": _("In writing"),
}
VOICES: dict[str, Text] = {
    "recovery": _("Somebody in recovery"),
    "loved_one": _("Somebody who loves a person in recovery"),
    "peer": _("Somebody who walks with others"),
}
LANGUAGES: dict[str, Text] = {"en": _("English"), "es": _("Spanish")}
AUDIENCES: dict[str, tuple[Text, Text]] = {
    "program": (_("People with an account here"), _("They sign in to read it.")),
    "public": (_("Everybody"), _("On our public page, and by a link that you can give on.")),
    "matches": (_("People who may choose me"), _("Beside your name, when we suggest you to somebody.")),
}
WHATS: dict[str, Text] = {
    "begun": _("You began to write"), "sent": _("You sent it to a reader"),
    "taken_up": _("You took it back to go on writing"), "given_back": _("A reader gave it back to you"),
    "published": _("A reader read it and it was shared"), "withdrawn": _("You withdrew it everywhere"),
}
STANDS: dict[str, Text] = {
    "draft": _("Only you can see it."),
    "in_review": _("Somebody of the program reads it. They see the name you chose, not yours."),
    "published": _("It is shared. You can withdraw it at any moment."),
    "withdrawn": _("It is nowhere any more. You can read it here for half a year, then it is erased."),
}
HINTS: dict[str, Text] = {
    "own": _("You did not want this word in it"),
    "reach": _("It tells how to reach somebody"),
    "date": _("An exact day"),
    "work": _("A place of work"),
    "place": _("A place"),
    "name": _("A name, perhaps somebody’s"),
}
MISSING: dict[str, Text] = {
    "alias": _("A name to go with it. Any name."),
    "title": _("A title. A few words are enough."),
    "words": _("Your words in at least one part, or a recording."),
    "spoken": _("What you say in the recording, in writing."),
}
RETURN_REASONS: dict[str, tuple[Text, Text]] = {
    "somebody_else": (_("Somebody else can be recognized"),
                      _("Somebody else can be recognized in it, and they were not asked. Could you leave out what "
                        "points to them?")),
    "findable": (_("You can be found by it"),
                 _("Somebody could find out who or where you are. If that is all right for you, send it again "
                   "as it is.")),
    "how_to": (_("Amounts, or how it was done"),
               _("It tells amounts, or how it was done. For somebody in a hard moment that can be too near. The "
                 "story is as strong without it.")),
    "hard_to_read": (_("Very hard moments in detail"),
                     _("One moment in it is very hard to read for whoever was there, too. Could you say it with fewer "
                       "details, and what came after?")),
    "advice": (_("Sounds like advice about health"),
               _("A sentence sounds like advice about medicine or treatment. Could you say what it was for you?")),
    "words": (_("A word that can hurt"), _("A word in it can hurt others. You know best how you name yourself; please "
                                           "look at it once more.")),
    "sound": (_("Recording and writing differ"),
              _("The recording and its words in writing are not the same, or it is hard to hear.")),
}
"""Reason -> its name for the reader, and what the writer reads."""

SOUND_PROBLEMS: dict[str, Text] = {
    "large": _("This recording is too large. Up to 10 MB are possible, which is about twenty minutes."),
    "unknown": _("We cannot read this file. WebM, Ogg, MP3, M4A and WAV are possible."),
    "broken": _("This file is not whole, or was written in a way we do not know. Please save it again and try once "
                "more."),
    "more": _("There is more than sound in this file, such as a video. Please save the sound alone."),
}
NOT_SENT: dict[str, Text] = {
    "fast": _("That was very quick. Please read it over once, then press the button again."),
    "old": _("This page was open for a long time. Your words are still here; please press the button again."),
    "link": _("Please leave out links and addresses. Words alone are enough."),
    "alike": _("The very same words came here today already. Please say it in words of your own."),
    "repeats": _("One word or letter stands here again and again. Please write it a little differently."),
    "many": _("Many words wait for a reader here. Please come back in a few days."),
    "place": _("Many forms came from this place in the last hour. Please try again a little later. What you wrote is "
               "still here."),
}
"""What a visitor is told. What only machines do is answered as if it had gone well."""
# fmt: on
