"""Pages of files that leave, each beside its access rule."""

from alongside.web.routing import route

from . import views

urlpatterns = [
    route("exports/", views.exports, name="exports", act="export_people"),
    route("exports/new/", views.export_new, name="export_new", act="export_people"),
    route("exports/<uuid:export_id>/", views.export_detail, name="export_detail", act="export_people"),
    route("exports/<uuid:export_id>/answer/", views.export_answer, name="export_answer", act="export_people"),
    route("exports/<uuid:export_id>/withdraw/", views.export_withdraw, name="export_withdraw", act="export_people"),
    route("exports/<uuid:export_id>/file/", views.export_file, name="export_file", act="export_people"),
]
