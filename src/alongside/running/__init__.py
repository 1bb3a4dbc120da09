"""What runs by itself, as an administrator sees it: each job, what waits for it, its latest runs and failures.

It owns a row for each job, for each worker and for each failure: names of functions and kinds of errors, and nothing
that anybody said (D3, G4). It does not own the list of jobs (`jobs`, above it) nor what they do.
"""
