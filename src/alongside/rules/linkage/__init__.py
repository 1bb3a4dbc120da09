"""Are two records the same person? A Fellegi-Sunter model with its reasons; a person decides, never the model.

Each field of two records agrees on a level (`fields`). A level weighs log2(m/u) bits: m is how often it is seen between
two records of one person, u between two strangers (`weights`). The bits are added up, and thresholds chosen on measured
precision and recall (`python -m benchmarks.linkage`) make of them `surely`, `perhaps` or `no`. What speaks against one
person, such as another first name and another day of birth behind the same phone, is never outvoted.

Sources: I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage", JASA 64 (1969), 1183-1210. W. E. Winkler,
"String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model of Record Linkage", Proceedings of
the Section on Survey Research Methods, ASA (1990), 354-359.
"""

from alongside.rules.linkage.blocking import block_keys
from alongside.rules.linkage.model import NO, PERHAPS, SURELY, Comparison, Reason, compare
from alongside.rules.linkage.values import Features, make_features

__all__ = [
    "NO",
    "PERHAPS",
    "SURELY",
    "Comparison",
    "Features",
    "Reason",
    "block_keys",
    "compare",
    "make_features",
]
