"""What the forms of these pages have in common: nothing typed is lost, and nobody undoes a change unseen."""

from collections.abc import Callable

from django.http import Http404, HttpRequest

from alongside.recovery.actions import NotYours
from alongside.web.meanwhile import ChangedMeanwhile, SharedForm, look_again


def save(form: SharedForm, act: Callable[[], object], anew: Callable[..., SharedForm]) -> SharedForm | None:
    """Do the one action of a valid form. None: it is saved. A form: look at what somebody else changed meanwhile."""
    try:
        act()
    except ChangedMeanwhile as changed:
        return look_again(form, changed, anew)
    except NotYours as error:
        raise Http404 from error
    return None


def saved(request: HttpRequest, name: str) -> None:
    """The page that comes next tells the device that this draft is with us."""
    request.session["draft_saved"] = name
