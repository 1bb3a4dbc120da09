"""Codes of pages of groups turned into words. Whole sentences stand here; rules answer with codes."""

from django.utils.translation import gettext_lazy as _

FLAG_REASONS = {
    "worried": _("I am worried about whoever wrote it"),
    "unkind": _("It is unkind, or it scares me"),
    "names_somebody": _("It names somebody, or says where they are"),
    "selling": _("It sells or offers something"),
    "other": _("Something else"),
}
FLAG_HINTS = {
    "worried": _(
        "Those who look after the page see this first, and are written to at any hour, also in quiet hours. "
        "Nobody knows when they read it. If it cannot wait, call now: the numbers are below."
    ),
}
HIDE_REASONS = {
    "names_somebody": _("It names somebody, or says where they are"),
    "unkind": _("It can hurt somebody"),
    "hard_for_others": _("It can be hard to read for others who are here"),
    "selling": _("It sells or offers something"),
    "other": _("Another reason"),
}
WHO_REASONS = {
    "in_danger": _("Somebody may be in danger"),
    "hurts_others": _("They hurt others here, also after we spoke about it"),
    "they_asked": _("They asked us to get in touch"),
}
PAUSE_DAYS = {0: _("No pause"), 1: _("1 day"), 3: _("3 days"), 7: _("7 days"), 14: _("14 days")}
