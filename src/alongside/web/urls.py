"""Pages of the design system, each beside its access rule."""

from . import views
from .routing import route

urlpatterns = [
    route("design/", views.design, name="design", act="see_design"),
    route("reading/", views.reading, name="reading", act="see_public"),
    route("leave/", views.quick_exit, name="quick_exit", act="see_public"),
]
