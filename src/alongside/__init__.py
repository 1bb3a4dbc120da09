"""Alongside: peer recovery mentoring from intake to impact."""
