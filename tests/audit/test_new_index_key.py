"""A new key for blind indexes takes over: everybody is found and unique, meanwhile and after a crash too."""

import threading
import time

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.audit import reindexing
from alongside.audit.fields import blind_index, key_in_use
from alongside.audit.keys import KeyWaits, add_key, key_id, key_ring, newest_key_ring
from alongside.audit.models import Entry, IndexKey, IndexToBe
from alongside.audit.reindexing import is_behind, reindex
from alongside.people.models.accounts import User

pytestmark = pytest.mark.django_db
MAIL = [f"user-{number}@example.org" for number in range(7)]


@pytest.fixture
def users(monkeypatch):
    monkeypatch.setattr(reindexing, "BATCH", 3)
    return [User.objects.create(username=f"user-{number}", email=mail) for number, mail in enumerate(MAIL)]


def all_are_found() -> bool:
    one_by_one = all(User.objects.filter(email_index=blind_index(mail, "email")).count() == 1 for mail in MAIL)
    together = User.objects.filter(email_index__in=[blind_index(mail, "email") for mail in MAIL]).count() == len(MAIL)
    return one_by_one and together


def each_is_unique() -> bool:
    for mail in MAIL:
        try:
            with transaction.atomic():
                User.objects.create(username=f"again-{mail}", email=mail)
        except IntegrityError:
            continue
        return False
    return True


def stored() -> set[str]:
    return set(User.objects.values_list("email_index", flat=True))


def wait_and_prepare() -> bytes:
    """As after a crash just before the moment: what each index will be is written, and nothing changed."""
    add_key("blind")
    new = key_ring().blind_next
    reindexing._prepare(new, lambda done, total: None)
    return new


def test_a_new_key_takes_over_everywhere(users):
    before, seen = stored(), []
    add_key("blind")
    assert all_are_found() and each_is_unique()
    assert reindex(lambda done, total: seen.append((done, total))) == len(MAIL)
    assert seen[-1] == (7, 7) and len(seen) > 2
    assert stored().isdisjoint(before) and None not in stored()
    assert all_are_found() and each_is_unique()
    assert IndexToBe.objects.count() == 0 and Entry.objects.filter(act="key.index_changed").count() == 1
    assert newest_key_ring().blind_next is None and len(newest_key_ring().blinds) == 2
    assert reindex() == 0 and not is_behind()


def test_meanwhile_everybody_is_found_and_unique(users):
    new = wait_and_prepare()
    assert IndexToBe.objects.count() == len(MAIL)
    assert all_are_found() and each_is_unique()
    fresh = User.objects.create(username="fresh", email="fresh@example.org")
    users[0].email = "moved@example.org"
    users[0].save()
    User.objects.filter(pk=users[1].pk).delete()
    assert key_in_use(key_ring(), "default") == key_ring().blind != new
    assert reindex() == len(MAIL)
    for mail, count in (("fresh@example.org", 1), ("moved@example.org", 1), (MAIL[0], 0), (MAIL[1], 0), (MAIL[2], 1)):
        assert User.objects.filter(email_index=blind_index(mail, "email")).count() == count, mail
    assert User.objects.get(pk=fresh.pk).email_index == blind_index("fresh@example.org", "email")


def test_a_process_that_has_not_seen_the_new_ring_writes_by_the_key_of_the_database(users, monkeypatch):
    wait_and_prepare()
    stale = key_ring()
    monkeypatch.setattr(reindexing, "changing", crash)
    with pytest.raises(SystemExit):
        reindex()
    assert key_ring() == stale and key_in_use(stale, "default") == stale.blind_next
    assert all_are_found() and each_is_unique()
    assert User.objects.create(username="now", email="now@example.org").email_index != blind_index(
        "now@example.org", "email"
    )
    monkeypatch.undo()
    assert reindex() == 0, "the moment was; only the ring follows"
    assert all_are_found() and each_is_unique() and User.objects.filter(
        email_index=blind_index("now@example.org", "email")
    ).exists()  # fmt: skip


def crash(*_, **__):
    raise SystemExit


def test_a_crash_at_the_moment_itself_leaves_all_as_it_was(users, monkeypatch):
    before = stored()
    add_key("blind")
    monkeypatch.setattr(reindexing, "record", crash)
    with pytest.raises(SystemExit), transaction.atomic():
        reindex()
    assert stored() == before and all_are_found() and each_is_unique()
    monkeypatch.undo()
    assert reindex() == len(MAIL) and all_are_found() and each_is_unique()


def test_a_crash_while_preparing_goes_on_where_it_ended(users, monkeypatch):
    add_key("blind")
    real, made = reindexing.BlindIndexField.made_by, []

    def some(self, key, value):
        if len(made) == 4:
            raise SystemExit
        made.append(value)
        return real(self, key, value)

    monkeypatch.setattr(reindexing.BlindIndexField, "made_by", some)
    with pytest.raises(SystemExit):
        reindex()
    assert IndexToBe.objects.count() == 3
    monkeypatch.setattr(reindexing.BlindIndexField, "made_by", real)
    assert reindex() == len(MAIL) and all_are_found() and each_is_unique()


def test_a_backup_from_before_is_brought_to_the_key_of_today(users):
    before = dict(User.objects.values_list("pk", "email_index"))
    add_key("blind")
    reindex()
    IndexKey.objects.all().delete()  # the database as it was
    for pk, index in before.items():
        User.objects.filter(pk=pk).update(email_index=index)
    assert all_are_found() and is_behind()
    assert reindex() == len(MAIL) and not is_behind()
    assert all_are_found() and each_is_unique()


def test_no_second_key_while_one_waits(users):
    add_key("blind")
    with pytest.raises(KeyWaits):
        add_key("blind")


def test_the_database_keeps_one_row_of_which_key():
    IndexKey.objects.create(pk=1, key=key_id(key_ring().blind))
    with pytest.raises(IntegrityError), transaction.atomic():
        IndexKey.objects.create(pk=2, key="x")


def test_words_that_are_found_by_an_index_alone_are_found_by_the_earlier_key(program, house):
    from alongside.intake.models import ProgramWord
    from alongside.intake.rosters.own_words import word_index

    index = str(word_index("gender", "w"))
    add_key("blind")
    reindex()
    assert word_index("gender", "w") != index and index in word_index("gender", "w").every
    assert ProgramWord._meta.get_field("word_index").max_length == 64 == len(index)
    assert connection.vendor in ("sqlite", "postgresql")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_the_moment_gives_way_to_whoever_holds_a_row_and_is_tried_again(users):
    """Somebody holds a row and then writes its index: neither waits for the other for ever, and nobody is ended."""
    add_key("blind")
    held, done, wrong = threading.Event(), threading.Event(), []

    def change() -> None:
        try:
            with transaction.atomic():
                user = User.objects.select_for_update().get(username="user-0")
                held.set()
                time.sleep(1.5)
                user.email = "moved@example.org"
                user.save()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()
            done.set()

    thread = threading.Thread(target=change)
    thread.start()
    assert held.wait(20)
    reindex()
    thread.join(60)
    assert done.is_set() and wrong == []
    assert User.objects.filter(email_index=blind_index("moved@example.org", "email")).count() == 1
    assert {one.email_index for one in User.objects.all()} == {
        blind_index(one.email, "email") for one in User.objects.all()
    }
