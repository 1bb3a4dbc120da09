"""All pages: each package brings its own, every path beside its access rule (`web.routing.route`)."""

from importlib.util import find_spec

from django.urls import include, path

PACKAGES = (
    "mentoring", "people", "intake", "recovery", "checkins", "safety", "legal", "partners", "assessments", "skills",
    "connections", "calls", "resources", "returns", "referrals", "groups", "matching", "workforce", "reflections",
    "oversight", "privacy", "impact", "website", "stories", "council", "interop", "retention", "running", "outings",
    "meetings", "occasions", "community", "audit", "web",
)  # fmt: skip
"""Packages with pages. An earlier one wins where two share a path, and is found sooner: Today is opened most."""

urlpatterns = [
    path("", include(f"alongside.{package}.urls")) for package in PACKAGES if find_spec(f"alongside.{package}.urls")
]

handler400 = "alongside.web.no_room.could_not_keep_session"
handler500 = "alongside.web.no_room.could_not"
