"""What can be wrong with a list. Apart from the engine, so that a page can name these without loading NumPy."""


class ListTooLarge(Exception):
    """Priorities so great that their sums do not fit 63 bits, so an exact answer could not be promised."""


class WrongArrays(ValueError):
    """Arrays that do not describe a list. The text says which column."""


class TooManyValues(ValueError):
    """More than 64 different values in one field: more than a mask holds."""
