"""Once a week: which openings of records a supervisor should ask about (G3).

It owns the weekly list, its page and its notice. It judges nothing (`rules.unusual_access` notices, people ask), keeps
ids only, and does not own the log (`audit`) or who may open what (`privacy`).
"""
