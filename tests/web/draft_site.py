"""One page with a draft, for the browser tests: a note that the server takes once, and a session that can end."""

import base64

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import include, path, reverse

from alongside.web.forms import AlongsideForm
from alongside.web.routing import route

KEY = base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()
PAGE = """{% extends "web/page_me.html" %}{% block title %}Note{% endblock %}{% block heading %}Note{% endblock %}
{% block content %}{% if form %}<form class="form" method="post" novalidate data-draft="note-1"
 data-draft-key="{{ key }}" data-draft-url="/autosave/">{% csrf_token %}{% include "ui/draft.html" %}
<input type="hidden" name="action" value="note">{{ form }}
{% include "ui/submit.html" %}</form>{% else %}<p>Kept</p>{% endif %}
<form method="post" action="/out/" data-sign-out>{% csrf_token %}<button>Out</button></form>
{% endblock %}"""

taken: dict[str, str] = {}
"""submit_key to note: what the server took."""
posts: list[str] = []
"""Every submit that arrived, repeated ones too."""


class NoteForm(AlongsideForm):
    once = True
    note = forms.CharField(widget=forms.Textarea, label="Words")
    minutes = forms.IntegerField(required=False, label="Minutes")


def note(request):
    form = NoteForm(request.POST or None)
    if request.method == "POST":
        if request.COOKIES.get("ended"):
            return HttpResponseRedirect(reverse("account_login") + "?next=/note/")
        posts.append(request.POST["submit_key"])
        if form.is_valid():
            taken.setdefault(str(form.cleaned_data["submit_key"]), form.cleaned_data["note"])
            return HttpResponseRedirect("/kept/")
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": form, "key": KEY}, request))


def kept(request):
    return HttpResponse(engines["django"].from_string(PAGE).render({"draft_saved": "note-1"}, request))


def out(request):
    return HttpResponse(engines["django"].from_string(PAGE).render({}, request))


def autosave(request):
    return HttpResponse(status=204, headers={"X-Draft-Saved": "note-1"})


urlpatterns = [
    route("note/", note, name="note", act="see_public"),
    route("kept/", kept, name="kept", act="see_public"),
    route("out/", out, name="out", act="see_public"),
    route("autosave/", autosave, name="autosave", act="see_public"),
    path("", include("alongside.urls")),
]
