"""The closed lists of codes that rosters, forms, matching and figures share. Labels live in `people.labels`.

A code is stored; its sentence is looked up. Adding a code here, a label there and its Spanish is all that a new term
needs. Codes are person-first and plain; none is a diagnosis. Source of the terms: shared field notes (SAMHSA dimensions
and pathways).
"""

LANGUAGES = ("en", "es", "vi", "zh", "ko", "tl", "ru", "ar", "hy", "fa", "ht", "fr", "pt", "ase")
"""Languages a person can be supported in: ISO 639-1, and `ase` (American Sign Language, ISO 639-3)."""

PATHWAYS = ("twelve_step", "secular", "faith", "medication", "harm_reduction", "natural", "mental_health", "exploring")
"""Pathways of recovery. `exploring` means: no pathway chosen yet, open to any."""

GENDERS = ("woman", "man", "nonbinary", "self_described", "not_said")

RACES = ("native", "asian", "black", "latino", "mena", "pacific", "white", "another", "not_said")
"""Race and ethnicity in one question, as many as apply: the seven groups of OMB's Statistical Policy Directive 15
(2024), another, or rather not say. Only figures of fairness use it, no match."""

AGE_BANDS = ("under_18", "18_24", "25_34", "35_44", "45_54", "55_64", "65_plus")

KINDS = ("own_recovery", "loved_one")
"""Why a participant is here: for their own recovery, or as somebody who loves a person in or seeking recovery."""

EXPERIENCES = (
    "alcohol",
    "opioids",
    "stimulants",
    "cannabis",
    "other_substances",
    "gambling",
    "depression_anxiety",
    "trauma",
    "psychosis_bipolar",
    "grief",
    "overdose_survival",
    "overdose_loss",
    "justice",
    "homelessness",
    "hospital_or_treatment",
    "parenting_in_recovery",
    "child_welfare",
    "veteran",
    "lgbtq",
    "loved_one_of_someone",
)
"""Lived experience somebody chose to share, or has been through."""

LIFE_STAGES = (
    "student",
    "working",
    "looking_for_work",
    "parent_of_young_children",
    "parent_of_grown_children",
    "caregiver",
    "retired",
    "rebuilding_after_release",
    "new_in_town",
)

NEEDS = (
    "someone_to_talk_to",
    "first_weeks",
    "meetings_and_groups",
    "housing",
    "work_or_school",
    "family",
    "health_care",
    "court_or_probation",
    "money_and_benefits",
    "cravings_and_triggers",
    "parenting",
    "sleep_and_routine",
    "new_friends",
    "transport",
    "understanding_a_loved_one",
)
"""What somebody wants help with."""

INTERESTS = (
    "sports",
    "music",
    "art",
    "reading",
    "cooking",
    "outdoors",
    "games",
    "faith_community",
    "volunteering",
    "pets",
    "crafts",
    "movies",
)

MODES = ("in_person", "phone", "video", "text")
"""How peer support can happen."""

CONTACT_MODES = ("in_person", "phone", "video", "text", "group", "letter")

KINDS_OF_SUPPORT = ("emotional", "informational", "instrumental", "affiliational")

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

DAY_PARTS = {"morning": (8, 12), "afternoon": (12, 17), "evening": (17, 21), "night": (21, 24)}
"""Part of a day to local clock hours [start, end)."""

PREFERENCES = {
    "gender": GENDERS[:3],
    "language": LANGUAGES,
    "pathway": PATHWAYS[:-1],
    "age": ("younger", "similar", "older"),
    "experience": EXPERIENCES,
    "life_stage": LIFE_STAGES,
    "mode": MODES,
}
"""What a participant may ask of a peer: feature to allowed values."""

STRENGTHS = ("must", "like")
"""How strongly: `must` is a hard constraint, `like` counts toward fit."""

ROLES = ("participant", "peer", "supervisor", "coordinator", "director", "council", "administrator")
