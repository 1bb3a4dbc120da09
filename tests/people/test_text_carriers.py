"""Carriers of texts against a gateway on this machine: what it gets, and what becomes of a message that it refuses."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest
from django.core import mail

from alongside.people.outbox import deliver
from alongside.people.texts import ByGateway, ByMail, NotTaken, PerhapsTaken, fill
from alongside.rules import disclosure
from alongside.rules.disclosure import Decision, MayNotLeave

NUMBER, WORDS = "+12135550142", "You have a message. Sign in to read it: https://example.org/"


class Gateway:
    """Keeps what it was sent, and answers `status`."""

    def __init__(self):
        self.got, self.status, self.headers = [], 202, {}
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                gateway.got.append((self.path, dict(self.headers), body.decode()))
                if gateway.status is None:
                    return  # it got everything, and the line breaks
                self.send_response(gateway.status)
                for name, value in gateway.headers.items():
                    self.send_header(name, value)
                self.end_headers()

            do_GET = do_POST

            def log_message(self, *_arguments):
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/message"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def gateway(settings):
    made = Gateway()
    settings.TEXT_URL, settings.TEXT_AUTHORIZATION = made.url, "Basic b3VyczpvdXJz"
    settings.OUTBOX_TEXT_BACKEND = "alongside.people.texts.ByGateway"
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_json_as_a_telephone_of_ones_own_takes_it(gateway, settings):
    settings.TEXT_BODY = {"textMessage": {"text": "{words}"}, "phoneNumbers": ["{to}"], "ttl": 3600}
    deliver(NUMBER, "you_have_a_message", "es", "https://example.org/", channel="text")
    ((path, headers, body),) = gateway.got
    sent = json.loads(body)
    assert path == "/message" and headers["Authorization"] == "Basic b3VyczpvdXJz"
    assert headers["Content-Type"] == "application/json" and sent["phoneNumbers"] == [NUMBER] and sent["ttl"] == 3600
    assert sent["textMessage"]["text"].endswith("https://example.org/") and "mensaje" in sent["textMessage"]["text"]


def test_form_fields_as_companies_take_them(gateway, settings):
    settings.TEXT_BODY, settings.TEXT_FORM = {"To": "{to}", "From": "+15005550006", "Body": "{words}"}, True
    ByGateway().send(NUMBER, WORDS)
    ((_path, headers, body),) = gateway.got
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qs(body) == {"To": [NUMBER], "From": ["+15005550006"], "Body": [WORDS]}


@pytest.mark.parametrize("status", [302, 400, 401, 500, 503])
def test_a_no_is_an_error_that_repeats_nothing(gateway, status):
    gateway.status = status
    with pytest.raises(NotTaken) as refused:
        ByGateway().send(NUMBER, WORDS)
    assert str(refused.value) == f"status {status}" and len(gateway.got) == 1


def test_one_that_got_all_and_is_silent_perhaps_took_it(gateway):
    gateway.status = None
    with pytest.raises(PerhapsTaken):
        ByGateway().send(NUMBER, WORDS)


def test_one_that_knows_the_message_by_its_id_has_it_once(gateway, settings):
    gateway.status = 409
    with pytest.raises(NotTaken):
        ByGateway().send(NUMBER, WORDS)
    settings.TEXT_BODY = {"id": "{id}", "to": "{to}", "text": "{words}"}
    deliver(NUMBER, "you_have_a_message", "en", "https://example.org/", channel="text", key="a1")
    assert json.loads(gateway.got[-1][2])["id"] == "a1"


def test_a_gateway_that_points_elsewhere_is_not_followed(gateway):
    gateway.status, gateway.headers = 307, {"Location": gateway.url + "/elsewhere"}
    with pytest.raises(NotTaken):
        ByGateway().send(NUMBER, WORDS)
    assert [path for path, _headers, _body in gateway.got] == ["/message"]


def test_one_that_is_not_there_is_an_error_for_the_outbox(gateway):
    gateway.server.shutdown()
    gateway.server.server_close()
    with pytest.raises(OSError):
        ByGateway().send(NUMBER, WORDS)


def test_by_mail_it_goes_to_the_address_of_the_number_without_a_subject(settings):
    settings.TEXT_MAIL = "{to}@texts.example.org"
    ByMail().send("+1 (213) 555-0142", WORDS)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["12135550142@texts.example.org"], "", WORDS)


@pytest.mark.parametrize("carrier", [ByGateway, ByMail])
def test_the_gate_may_refuse(gateway, carrier, monkeypatch):
    monkeypatch.setattr(disclosure, "decide", lambda *_given: Decision("no_consent"))
    with pytest.raises(MayNotLeave):
        carrier().send(NUMBER, WORDS)
    assert gateway.got == [] and mail.outbox == []


def test_what_is_filled_in_is_not_looked_at_again():
    assert fill({"a": "{words} {to}"}, {"{to}": "{words}", "{words}": "{to}"}) == {"a": "{to} {words}"}
    assert fill([1, None, {"x": "{other}"}], {"{to}": "1"}) == [1, None, {"x": "{other}"}]
