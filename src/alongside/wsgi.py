"""WSGI entry point for gunicorn and other servers."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")
application = get_wsgi_application()

# All pages are loaded before the first is asked for, and once for all processes of the web server.
_pages = get_resolver().url_patterns

# What is loaded stays: nobody looks through it for garbage, and forked processes go on sharing its memory. Of what a
# page makes most is gone with its last name; the search for the rest is worth its time once in some pages.
gc.collect()
gc.freeze()
gc.set_threshold(10_000, 20, 20)
