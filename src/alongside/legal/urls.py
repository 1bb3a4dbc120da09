"""Pages of legal matters, each beside its access rule. The path of the person's own page tells nothing (E3)."""

from alongside.web.routing import route

from .views import demands, holds, incidents, inspections, overview, own, posting, releases, reports, scans

DOOR, HANDLE, OUT = "receive_demand", "handle_demands", "release_records"
REPORT, SEE, INCIDENT, INSPECT = "make_report", "see_reports", "handle_incidents", "handle_inspections"
ONE, THIS, AUDIT = "demands/<uuid:demand_id>", "incidents/<uuid:incident_id>", "audits/<uuid:inspection_id>"

urlpatterns = [
    route("legal/", overview.legal, name="legal", act=DOOR),
    route("demands/new/", demands.demand_new, name="demand_new", act=DOOR),
    route(f"{ONE}/letter/", demands.demand_letter, name="demand_letter", act=DOOR),
    route(f"{ONE}/", demands.demand, name="demand", act=HANDLE),
    route(f"{ONE}/counsel/", demands.demand_counsel, name="demand_counsel", act=HANDLE),
    route(f"{ONE}/close/", demands.demand_close, name="demand_close", act=HANDLE),
    route(f"{ONE}/person/", demands.demand_find, name="demand_find", act=HANDLE),
    route(f"{ONE}/person/<uuid:person_id>/", demands.demand_name, name="demand_name", act=HANDLE),
    route(f"{ONE}/paper/<slug:code>/", demands.paper_new, name="paper_new", act=HANDLE),
    route(f"{ONE}/release/", demands.release_ask, name="release_ask", act=HANDLE),
    route(f"{ONE}/pages/", scans.scan_new, name="scan_new", act=HANDLE),
    route("pages/<uuid:scan_id>/", scans.scan, name="scan", act=HANDLE),
    route("pages/<uuid:scan_id>/away/", scans.scan_away, name="scan_away", act=HANDLE),
    route("papers/<uuid:paper_id>/end/", demands.paper_end, name="paper_end", act=HANDLE),
    route("papers/<uuid:paper_id>/telling/", demands.paper_telling, name="paper_telling", act=HANDLE),
    route("releases/<uuid:release_id>/", releases.release, name="release", act=OUT),
    route("releases/<uuid:release_id>/answer/", releases.release_answer, name="release_answer", act=OUT),
    route("releases/<uuid:release_id>/withdraw/", releases.release_withdraw, name="release_withdraw", act=OUT),
    route("releases/<uuid:release_id>/paper/", releases.release_paper, name="release_paper", act=OUT),
    route("people/<uuid:person_id>/report/", reports.report_new, name="report_new", act=REPORT),
    route("reports/<uuid:report_id>/", reports.report, name="report", act=SEE),
    route("incidents/new/", incidents.incident_new, name="incident_new", act=INCIDENT),
    route(f"{THIS}/", incidents.incident, name="incident", act=INCIDENT),
    route(f"{THIS}/search/", incidents.incident_search, name="incident_search", act=INCIDENT),
    route(f"{THIS}/person/", incidents.incident_find, name="incident_find", act=INCIDENT),
    route(f"{THIS}/person/<uuid:person_id>/", incidents.incident_add, name="incident_add", act=INCIDENT),
    route(f"{THIS}/assess/", incidents.incident_assess, name="incident_assess", act=INCIDENT),
    route(f"{THIS}/reopen/", incidents.incident_reopen, name="incident_reopen", act=INCIDENT),
    route(f"{THIS}/words/", incidents.incident_words, name="incident_words", act=INCIDENT),
    route(f"{THIS}/tell/", incidents.incident_tell, name="incident_tell", act=INCIDENT),
    route(f"{THIS}/authority/", incidents.incident_authority, name="incident_authority", act=INCIDENT),
    route(f"{THIS}/wait/", posting.incident_delay, name="incident_delay", act=INCIDENT),
    route(f"{THIS}/notice/", posting.incident_post, name="incident_post", act=INCIDENT),
    route("notices/<uuid:posting_id>/end/", posting.posting_end, name="posting_end", act=INCIDENT),
    route(f"{THIS}/close/", incidents.incident_close, name="incident_close", act=INCIDENT),
    route("affected/<uuid:affected_id>/strike/", incidents.affected_strike, name="affected_strike", act=INCIDENT),
    route("affected/<uuid:affected_id>/letter/", incidents.affected_letter, name="affected_letter", act=INCIDENT),
    route("holds/new/", holds.hold_find, name="hold_find", act=HANDLE),
    route("holds/new/<uuid:person_id>/", holds.hold_new, name="hold_new", act=HANDLE),
    route("holds/<uuid:hold_id>/", holds.hold, name="hold", act=HANDLE),
    route("audits/new/", inspections.inspection_new, name="inspection_new", act=INSPECT),
    route(f"{AUDIT}/", inspections.inspection, name="inspection", act=INSPECT),
    route(f"{AUDIT}/person/", inspections.inspection_find, name="inspection_find", act=INSPECT),
    route(f"{AUDIT}/person/<uuid:person_id>/", inspections.inspection_look, name="inspection_look", act=INSPECT),
    route(f"{AUDIT}/end/", inspections.inspection_end, name="inspection_end", act=INSPECT),
    route("me/letters/", own.me_letters, name="me_letters", act="see_own_pages"),
]
