"""Who may see whose record, why and until when: grants, a director's recorded reason, and the log a person reads.

Consent, disclosure and accounting live here too. It does not own the log itself (`audit`).
"""
