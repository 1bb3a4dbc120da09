"""Codes for signing in: for whom, how long."""

from datetime import UTC, datetime, timedelta

import pytest

from alongside.rules.sign_in_codes import MAIL_MINUTES, PAPER_DAYS, lives, may_use_codes, paper_since, read
from alongside.rules.vocabulary import ROLES

NOW = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)


def test_participants_alone_sign_in_by_codes():
    assert may_use_codes(["participant"]) and may_use_codes(["participant", "participant"])


@pytest.mark.parametrize("role", [role for role in ROLES if role != "participant"])
def test_whoever_has_another_role_does_not(role):
    assert not may_use_codes([role]) and not may_use_codes(["participant", role])


def test_an_account_without_a_role_does_not():
    assert not may_use_codes([])


def test_a_code_by_mail_lives_ten_minutes():
    assert MAIL_MINUTES == 10
    assert lives(NOW, NOW) and lives(NOW, NOW + timedelta(minutes=9, seconds=59))
    assert not lives(NOW, NOW + timedelta(minutes=10))
    assert not lives(NOW, NOW - timedelta(seconds=1)), "a clock that was set back opens nothing"


def test_a_sheet_has_its_time():
    assert paper_since(NOW) == NOW - timedelta(days=PAPER_DAYS)


@pytest.mark.parametrize("typed", ["ABCD EFGH JKLM", "abcd-efgh-jklm", " abcdefghjklm ", "AbCd.EfGh JkLm"])
def test_a_code_is_read_however_it_is_written(typed):
    assert read(typed) == "ABCDEFGHJKLM"
