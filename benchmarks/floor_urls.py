"""The product's pages, and beside each its two floors, under the same act and behind the same middleware."""

from alongside.urls import urlpatterns as product
from alongside.web.routing import route

from . import floors
from .pages import PAGES

urlpatterns = [
    *(
        route(f"floor/empty/{page.name}/", floors.empty_of(page), name=f"empty-{page.name}", act=page.act)
        for page in PAGES.values()
    ),
    *(
        route(f"floor/constants/{page.name}/", floors.constants_of(page), name=f"constants-{page.name}", act=page.act)
        for page in PAGES.values()
    ),
    *product,
]
