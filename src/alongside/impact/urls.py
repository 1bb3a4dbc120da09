"""Pages of the figures, each beside its access rule."""

from alongside.web.routing import route

from . import views

urlpatterns = [
    route("impact/", views.impact, name="impact", act="see_impact"),
    route("impact.csv", views.impact_csv, name="impact_csv", act="export_impact"),
    route("figures/", views.public_figures, name="public_figures", act="see_public_impact"),
]
