"""Sessions that a shared cache remembers: the database decides, and a cache that is gone changes nothing."""

import pytest
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.core.cache import cache

from alongside.people.shared_sessions import REMEMBERED_SECONDS, SessionStore
from alongside.web.shared_cache import PlainSerializer, is_cache_gone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty(db):
    cache.clear()


def begun(**values) -> str:
    store = SessionStore()
    store.update(values)
    store.save()
    return store.session_key


def test_a_session_is_remembered_and_costs_no_query(django_assert_num_queries, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    key = begun(place="here")
    with django_assert_num_queries(0):
        assert SessionStore(key)["place"] == "here"


def test_what_changed_is_read_at_once():
    key = begun(place="here")
    store = SessionStore(key)
    store["place"] = "there"
    store.save()
    assert SessionStore(key)["place"] == DatabaseStore(key)["place"] == "there"


def test_what_ended_is_over():
    key = begun(place="here")
    SessionStore(key).delete()
    assert SessionStore(key).get("place") is None and not SessionStore().exists(key)
    key = begun(place="here")
    SessionStore().delete(key)
    assert SessionStore(key).get("place") is None


def test_a_new_key_leaves_nothing_under_the_earlier_one():
    key = begun(place="here")
    store = SessionStore(key)
    store.cycle_key()
    assert store["place"] == "here" and store.session_key != key
    assert SessionStore(key).get("place") is None
    store.flush()
    assert store.session_key is None


def test_what_ended_without_the_cache_is_forgotten_in_a_minute():
    assert REMEMBERED_SECONDS <= 60


def test_a_cache_that_is_gone_changes_nothing(monkeypatch):
    def gone(*_args, **_more):
        raise ConnectionError

    for name in ("get", "set", "delete"):
        monkeypatch.setattr(cache, name, gone)
    key = begun(place="here")
    assert SessionStore(key)["place"] == "here"
    SessionStore(key).delete()
    assert SessionStore(key).get("place") is None


@pytest.mark.parametrize("value", [0, 7, -3, True, "words", [1.25, 2.5], {"a": None}])
def test_what_the_cache_keeps_comes_back(value):
    kept = PlainSerializer().dumps(value)
    stored = str(kept).encode() if type(kept) is int else kept
    assert PlainSerializer().loads(stored) == value
    assert isinstance(kept, int) == (type(value) is int)


def test_only_a_cache_that_is_gone_gets_the_kind_page():
    import redis

    assert is_cache_gone(redis.exceptions.ConnectionError())
    assert is_cache_gone(redis.exceptions.TimeoutError())
    assert is_cache_gone(redis.exceptions.AuthenticationError())  # a kind of ConnectionError
    assert not is_cache_gone(redis.exceptions.ResponseError())
    assert not is_cache_gone(ConnectionError()) and not is_cache_gone(ValueError())
