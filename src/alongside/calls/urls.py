"""Calls, each page beside its access rule."""

urlpatterns = []
