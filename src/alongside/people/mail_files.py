"""Mail as files, for trying out: only their owner reads them."""

import os

from django.core.mail.backends import filebased


class EmailBackend(filebased.EmailBackend):
    """Django's backend that writes mail to `EMAIL_FILE_PATH`, in a 0700 folder and 0600 files.

    A mail holds an address and a link that signs somebody in; with an ordinary umask every account of the machine
    could read both.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        os.chmod(self.file_path, 0o700)  # also a folder that an earlier version made

    def open(self) -> bool:
        """Open the file of this connection, closed to others from its first byte on."""
        if self.stream is not None:
            return False
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        self.stream = os.fdopen(os.open(self._get_filename(), flags, 0o600), "ab")
        return True
