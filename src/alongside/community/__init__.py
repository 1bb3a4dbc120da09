"""Pages on which the people of a group write to one another, under names they chose, with those who look after it.

It owns the page of a group, chosen names, posts and flags. It does not own the group and its places (`groups`), nor
what is done when somebody may be in danger (`safety`).
"""
