"""Walking alongside: mentorships, Today, contact notes and answers, appointments, messages, handover, pause and close.

It does not propose peers (`matching`) nor count impact (`impact`).
"""
