"""The races there are. Apart from `scenes`, which only the processes with a database of their own may import."""

PROCESSES = 8
RACES = ("last_place", "one_each", "never_pair", "same_note", "same_invitation", "stop_sharing", "keep_back",
         "court_order", "one_release", "one_call", "stop_page",
         "group_place", "one_date", "one_answer", "event_place", "leave_page",
         "one_way", "way_ends", "way_and_support", "text_stop", "told_once")  # fmt: skip
