"""Who is in the story and what was made: what each part of it is told into."""

from dataclasses import dataclass, field


@dataclass(repr=False)
class Story:
    """Who is in the program and what was made; `objects` holds what URLs may name."""

    program: object
    people: dict = field(default_factory=dict)
    objects: dict = field(default_factory=dict)

    def __getattr__(self, name: str):
        try:
            return self.__dict__["people"].get(name) or self.__dict__["objects"][name]
        except KeyError:
            raise AttributeError(name) from None
