"""Pages of governance, each beside its access rule."""

from alongside.web.routing import route

from . import views

urlpatterns = [route("policies/", views.policies, name="policies", act="read_adopted_policies")]
