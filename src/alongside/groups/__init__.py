"""Groups of the program: when they meet, who leads them, places and the waiting list, who came, one note for many.

It owns groups, their sessions, places and sign-in sheets. It does not own the contact that a note becomes in each
record, nor how a note is written and read (`mentoring`, below it), nor meetings that are not the program's own.
"""
