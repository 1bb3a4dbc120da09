"""The page of jobs, beside its access rule."""

from alongside.web.routing import route

from . import views

urlpatterns = [
    route("jobs/", views.jobs, name="jobs", act="see_jobs"),
    route("jobs/looked/", views.weaknesses_looked, name="weaknesses_looked", act="look_for_weaknesses"),
    route("jobs/<uuid:notice_id>/again/", views.job_again, name="job_again", act="try_again"),
    route("install/", views.install, name="install", act="see_install"),
]
