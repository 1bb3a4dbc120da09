"""What leaves the house as a file, and comes back as it was: people and notes, with a reason and by two where many.

It reads across and owns only the requests to export. It decides no right: rows pass the same queries as pages.
"""
