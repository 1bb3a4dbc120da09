"""The pages that a person writes about their own life: which parts each has, what may stand in them, who may write.

Sources: the four dimensions of recovery are SAMHSA's (field notes S5), the stages of change S6, the six parts of a
safety plan S10, all in our own words. Nothing is required and a stage opens or closes nothing (tenet 2).
"""

from collections.abc import Mapping

PLAN, WELL, SAFE, DAYS = "plan", "well", "safe", "days"
KINDS = (PLAN, WELL, SAFE, DAYS)
"""`plan` recovery plan · `well` wellness plan · `safe` safety plan · `days` time, as the person counts."""

AREAS = ("health", "home", "purpose", "community")
STAGES = ("not_now", "thinking", "getting_ready", "doing", "keeping")
"""Where somebody stands in one area of life, set by themself and by nobody else."""

STAGE_PARTS = tuple(f"stage_{area}" for area in AREAS)
PARTS: Mapping[str, tuple[str, ...]] = {
    PLAN: ("hope", "strengths", "people", "places", *STAGE_PARTS),
    WELL: ("good_day", "each_day", "harder", "notice", "helps", "others"),
    SAFE: ("signs", "own_ways", "company", "ask", "trained", "safer"),
    DAYS: ("counting",),
}
WORDS = {kind: tuple(part for part in parts if part not in STAGE_PARTS) for kind, parts in PARTS.items()}
"""The parts that hold words."""

OWNERS = ("person", "peer")
"""Who takes a small step."""

HIDEABLE = (WELL, DAYS)
"""What a person may keep to themself. The plan and the safety plan are made to be held by two."""

LONGEST = 4000
"""Characters of one part."""

PROMPTS: Mapping[str, tuple[str, ...]] = {
    "not_now": ("good_as_it_is", "what_would_tell"),
    "thinking": ("both_sides", "in_a_year"),
    "getting_ready": ("smallest_step", "who_beside"),
    "doing": ("what_helps_now", "what_gets_in_the_way"),
    "keeping": ("what_holds", "pass_on"),
}
"""Stage -> codes of two questions that fit it. They invite; nobody has to answer."""


def may_write(kind: str, *, is_own: bool, walks_with: bool) -> bool:
    """Whether somebody may write in a page of this kind: the person always, their peer in what the two hold together.

    >>> may_write("safe", is_own=False, walks_with=True), may_write("well", is_own=False, walks_with=True)
    (True, False)
    """
    return is_own or (walks_with and kind in (PLAN, SAFE))


def may_read(*, is_hidden: bool, is_own: bool) -> bool:
    """Whether somebody who may open the record may read a page of it: what the person hides is theirs alone."""
    return is_own or not is_hidden


def changed_parts(kind: str, before: Mapping[str, str], wanted: Mapping[str, str]) -> tuple[str, ...]:
    """The parts that a save would change, in the order of the page. Raises ValueError for what is no part of it.

    >>> changed_parts("days", {}, {"counting": "  "}), changed_parts("days", {}, {"counting": "Walks"})
    ((), ('counting',))
    """
    for part, words in wanted.items():
        if part not in PARTS[kind]:
            raise ValueError(part)
        if part in STAGE_PARTS and words not in ("", *STAGES):
            raise ValueError(words)
        if len(words) > LONGEST:
            raise ValueError(part)
    return tuple(part for part in PARTS[kind] if part in wanted and wanted[part].strip() != before.get(part, ""))


DONE_WITH = (
    "goal_added", "goal_changed", "goal_area", "goal_done", "goal_opened", "goal_set_aside",
    "step_added", "step_changed", "step_owner", "step_due", "step_done", "step_opened", "step_set_aside",
    "chapter_begun", "chapter_ended", "chapter_changed", "milestone_added", "milestone_set_aside", "hidden", "shown",
)  # fmt: skip
WHATS = (*(part for parts in PARTS.values() for part in parts), *DONE_WITH)
"""What an entry of the history may be about: a part that was written, or what was done."""
