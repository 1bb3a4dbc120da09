"""The weekly list, beside its access rule."""

from alongside.web.routing import route

from . import views

urlpatterns = [route("unusual/", views.unusual, name="unusual", act="see_unusual_access")]
