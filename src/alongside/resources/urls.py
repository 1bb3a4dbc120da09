"""Pages of the directory, each beside its access rule."""

from alongside.web.routing import route

from .views import keeping, lists, public, sources

SEE, KEEP = "see_public", "keep_resources"

urlpatterns = [
    route("places/", public.places, name="places", act=SEE),
    route("places/<uuid:resource_id>/", public.place, name="place", act=SEE),
    route("places/<uuid:resource_id>/wrong/", public.place_report, name="place_report", act=SEE),
    route("places/<uuid:resource_id>/thanks/", public.place_thanks, name="place_thanks", act=SEE),
    route("directory/", keeping.directory, name="directory", act=KEEP),
    route("directory/new/", keeping.resource_new, name="resource_new", act=KEEP),
    route("directory/lists/new/", lists.list_new, name="list_new", act=KEEP),
    route("directory/sources/new/", sources.place_source_new, name="place_source_new", act=KEEP),
    route("directory/sources/<uuid:place_feed_id>/", sources.place_source, name="place_source", act=KEEP),
    route("directory/lists/<uuid:file_id>/", lists.list_look, name="list_look", act=KEEP),
    route("directory/lists/<uuid:file_id>/rows.csv", lists.list_refused, name="list_refused", act=KEEP),
    route("directory/save/<slug:form>/", lists.directory_export, name="directory_export", act=KEEP),
    route("directory/reports/", keeping.reports, name="reports", act=KEEP),
    route("directory/reports/<uuid:report_id>/", keeping.report_settle, name="report_settle", act=KEEP),
    route("directory/<uuid:resource_id>/", keeping.resource_edit, name="resource_edit", act=KEEP),
    route("directory/<uuid:resource_id>/do/", keeping.resource_act, name="resource_act", act=KEEP),
]
