"""Does the time of a no tell which no it is? (A1)

Each door that answers somebody who is not signed in, and the record for those who are and may not open it, is asked in
each of the ways that must be answered alike (a wrong password of a known and of an unknown account, a link that ended
and one that never was), in turn and in one run. `doors` says which doors and which ways, `measuring` asks and judges,
`__main__` is the command.
"""
