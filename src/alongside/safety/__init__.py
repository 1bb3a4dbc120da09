"""A worry about somebody: who takes it, by which clock, who is next, and how the one who raised it is afterwards.

It owns worries with their history, who was told, and the weekly rota of those on duty. It does not own the record of
the person (`privacy` says who may open it), and it judges no risk: nobody here fills in a scale.
"""
