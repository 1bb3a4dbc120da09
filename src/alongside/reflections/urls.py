"""The one page of private reflections, beside its access rule."""

from alongside.web.routing import route

from . import views

urlpatterns = [
    route("reflections/", views.reflections, name="reflections", act="keep_reflections"),
    route("reflections/<uuid:reflection_id>/erase/", views.reflection_erase, name="reflection_erase",
          act="keep_reflections"),
]  # fmt: skip
