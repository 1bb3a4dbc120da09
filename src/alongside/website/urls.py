"""Pages of the public site, each beside its access rule, and those on which staff change it."""

from alongside.web.routing import route

from . import staff_views, views

urlpatterns = [
    route("", views.public_home, name="public_home", act="see_public"),
    route("what-peers-do/", views.what_peers_do, name="what_peers_do", act="see_public"),
    route("pages/<slug:page_slug>/", views.own_page, name="own_page", act="see_public"),
    route("pages/<slug:page_slug>/words/", views.page_words, name="page_words", act="see_public"),
    route("site/", staff_views.site_pages, name="site_pages", act="edit_site"),
    route("site/new/", staff_views.site_page_new, name="site_page_new", act="edit_site"),
    route("site/<slug:page_slug>/", staff_views.site_page_edit, name="site_page_edit", act="edit_site"),
    route("site/<slug:page_slug>/look/", staff_views.site_page_look, name="site_page_look", act="edit_site"),
    route("site/<slug:page_slug>/move/", staff_views.site_page_move, name="site_page_move", act="edit_site"),
    route("site/<slug:page_slug>/earlier/", staff_views.site_page_earlier, name="site_page_earlier", act="edit_site"),
    route("site/<slug:page_slug>/earlier/<uuid:version_id>/", staff_views.site_page_version,
          name="site_page_version", act="edit_site"),
]  # fmt: skip
