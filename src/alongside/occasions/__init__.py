"""Events of the program and of its town: when they are, whom they are for, who comes under which name, how many came.

It owns events and places at them; a visitor's place is held by a secret alone. It does not own groups that meet again
and again (`groups`), nor meetings of others (`meetings`). The name: `events` would be taken for `people.events`.
"""
