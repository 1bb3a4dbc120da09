"""A canary person goes through every journey; the canary is in no log, no error report and no argument of a job (G4).

Every page of everybody is opened and posted to with the loggers of the product at their most talkative, also when each
page breaks with the canary in the words of the error. The handler and its filter are the ones that `settings` sets up.
"""

import logging
from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client
from django.utils import timezone
from tests.promises.every_url import list_pages
from tests.promises.logs import found_in, written  # noqa: F401
from tests.promises.test_every_url import everybody, no_scope, sign_in, undone  # noqa: F401

from alongside import jobs
from alongside.audit.models import Entry
from alongside.people.models import OutgoingMessage

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def browser_of(story, who: str) -> Client:
    cookies, client = sign_in(story, who).cookies, Client(raise_request_exception=False)
    client.cookies.load({name: cookie.value for name, cookie in cookies.items()})
    return client


@pytest.mark.parametrize("who", ["visitor", "carmen"])
def test_what_is_asked_for_in_an_address_is_in_no_log(everybody, written, who):  # noqa: F811
    """Whoever is asked about; what is posted, and every page of everybody, is tried by `test_every_url`."""
    client = browser_of(everybody, who)
    for page in list_pages():
        with undone(), no_scope():
            client.get(f"{page.path(everybody)}?name=Quetzalrosa&q=Rosalinda+Cenzontle")
    assert found_in(written.getvalue()) == []
    assert "Not Found" in written.getvalue(), "something was written, or the test is blind"


def test_no_page_that_breaks_tells_why_in_words_of_the_record(everybody, written, monkeypatch):  # noqa: F811
    """Each view breaks as a database does: with a whole row in the words of the error."""
    row = "Failing row contains (Quetzalrosa, Rosalinda Cenzontle, +12135550142, violet canary of the note)"

    def breaks(self, request, view, args, kwargs):
        raise ValueError(row) from Http404(row)

    from alongside.web.middleware import AccessRules

    monkeypatch.setattr(AccessRules, "process_view", breaks)
    client, answers = browser_of(everybody, "dante"), []
    for page in list_pages():
        with undone(), no_scope():
            answers.append(client.get(page.path(everybody)))
    assert {answer.status_code for answer in answers} == {500}
    assert [answer for answer in answers if found_in(answer.content.decode())] == []
    assert written.getvalue().count("ValueError") >= len(answers)
    assert found_in(written.getvalue()) == []


def test_no_argument_of_a_job_and_no_line_of_the_worker_has_one(everybody, written, monkeypatch):  # noqa: F811
    """Jobs get the moment and nothing else; what they find they load by its id."""
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)  # the test's own transaction is one
    given, soon = [], timezone.now() + timedelta(days=8)
    with no_scope():
        for tick in jobs.TICKS:
            function = tick.load()
            given.append((tick.name, tick.function, str(soon)))
            function(soon)
        assert jobs.run_due({}) == 0
    assert found_in(str(given) + written.getvalue()) == []

    def breaks(now):
        raise RuntimeError("Quetzalrosa, violet canary of the note")

    monkeypatch.setattr(jobs, "import_string", lambda name: breaks)
    with no_scope():
        assert jobs.run_due({}) == len(jobs.TICKS)
    assert "RuntimeError" in written.getvalue()
    assert found_in(written.getvalue()) == []


def test_the_smallest_line_of_each_logger_is_looked_at(written):  # noqa: F811
    for name in ("alongside.people", "django.template"):
        logging.getLogger(name).debug("%s: Quetzalrosa", name, exc_info=ValueError("violet canary of the note"))
        assert f"{name}: Quetzalrosa" in written.getvalue()
    assert found_in(written.getvalue()) == ["Quetzalrosa"], "what an error quotes is left out"


def test_what_waits_to_be_sent_and_what_is_logged_hold_ids_only(everybody):  # noqa: F811
    for row in OutgoingMessage._base_manager.all():
        kept = str([value for name, value in vars(row).items() if name not in ("_state", "recipient", "link")])
        assert found_in(kept) == []
    for entry in Entry.objects.all():
        kept = str([value for name, value in vars(entry).items() if name not in ("_state", "reason_words")])
        assert found_in(kept) == []


def test_the_server_writes_no_log_of_requests():
    """A path may hold a secret, and an address is nobody's business."""
    from argparse import Namespace

    from alongside.commands.serve import web_command

    line = web_command(Namespace(host="127.0.0.1", port=8000, workers=1, threads=1))
    assert "--bind" in line
    assert [one for one in line if "access" in one] == []
