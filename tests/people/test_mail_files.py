"""Mail that is written to files is closed to everybody else on the machine."""

import os

import pytest
from django.core.mail import EmailMessage, get_connection

BACKEND = "alongside.people.mail_files.EmailBackend"


@pytest.fixture
def open_umask():
    """New files would be readable by all."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.mark.parametrize("is_there", [True, False])
def test_only_the_owner_reads_mail_in_files(tmp_path, settings, open_umask, is_there):
    folder = tmp_path / "mail"
    if is_there:
        folder.mkdir(mode=0o755)
    settings.EMAIL_FILE_PATH = folder
    for number in range(2):
        message = EmailMessage("Hello", f"words {number}", "a@example.org", ["b@example.org"])
        message.connection = get_connection(BACKEND)
        assert message.send() == 1
    assert folder.stat().st_mode & 0o777 == 0o700
    files = list(folder.iterdir())
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert sum(file.read_text().count("words") for file in files) == 2
