"""What becomes of chosen names when two records become one: one name on each page, under which all posts stand then."""

from alongside.people.joining import OWN, Joining

from .models import Flag, PenName, Post

RULES = {"community.PenName.person": OWN}


def settle(*, joining: Joining) -> None:
    """Handler of `persons_merged`."""
    kept = {one.community_id: one for one in PenName.objects.filter(person=joining.kept)}
    for name in PenName.objects.filter(person=joining.gone).order_by("made_at"):
        other = kept.get(name.community_id)
        if other is None:
            joining.change(name, person_id=joining.kept.pk)
            continue
        for post in Post.objects.filter(name=name):
            joining.change(post, name_id=other.pk)
        flagged = set(Flag.objects.filter(by=other).values_list("post_id", flat=True))
        for flag in Flag.objects.filter(by=name):
            if flag.post_id in flagged:
                joining.delete(flag)
            else:
                joining.change(flag, by_id=other.pk)
        if name.paused_until and (other.paused_until is None or other.paused_until < name.paused_until):
            joining.change(other, paused_until=name.paused_until)
        joining.delete(name)
