"""How often each level is seen: m between two records of one person, u between two strangers.

Counted by `python -m benchmarks.linkage --learn` on 30,000 made people with 15,000 records more (seed 20260301), u on
400,000 random pairs and, for what strangers hardly ever share, on all pairs. Made with other seeds than those on which
the model is measured. Levels whose odds stood in the wrong order were joined, so that agreeing more never costs.
"""

PROBABILITIES: dict[str, dict[str, tuple[float, float]]] = {
    "given": {
        "same": (0.75342, 0.007),
        "short_form": (0.20827, 0.0039),
        "similar": (0.20827, 0.0039),
        "swapped": (0.20827, 0.0039),
        "initial": (3e-05, 1.1e-05),
        "different": (0.03829, 0.99),
    },
    "family": {
        "same": (0.57662, 0.0074),
        "similar": (0.1659, 0.003),
        "shared": (0.00966, 0.00062),
        "initial": (0.16956, 0.017),
        "different": (0.07825, 0.97),
    },
    "born": {
        "same": (0.9126, 5.3e-05),
        "day_and_month_swapped": (0.0134, 1.2e-05),
        "one_digit": (0.06025, 0.0016),
        "close": (0.0079, 0.0017),
        "different": (0.00586, 1.0),
    },
    "phone": {
        "same": (0.59378, 4.8e-06),
        "one_digit": (0.02249, 1.6e-06),
        "different": (0.38372, 1.0),
    },
    "email": {
        "same": (0.69079, 3.6e-06),
        "similar": (0.02667, 5.7e-05),
        "different": (0.28254, 1.0),
    },
    "zip": {
        "same": (0.65729, 0.0011),
        "different": (0.34271, 1.0),
    },
}
"""Field -> level -> (m, u)."""
