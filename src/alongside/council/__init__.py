"""The policies in force: versioned matching weights, contact cadence and offer time-outs, read by every package above.

Owns how a policy version is adopted and kept. It does not apply policies: the pure rules do, with the values passed in.
"""
