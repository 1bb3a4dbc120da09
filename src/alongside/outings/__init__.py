"""Meetings somebody saved and means to go to: their week, how it felt, and asking the peer to come along.

It owns saved meetings, the week as a person plans it, notes that only they read, and asks to come along. It does not
own meetings (`meetings`), groups (`groups`), nor the appointment that a yes becomes (`mentoring`): it reads them.
"""
