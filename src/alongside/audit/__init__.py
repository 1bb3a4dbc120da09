"""What happened, and proof that the record of it was not changed.

Owns the sealed log (entries, seals, verification), the access log, the key ring and the encrypted fields.
It knows ids, never models of other packages. It does not decide who may do what (`rules.access`) nor what leaves
(`privacy`).
"""
