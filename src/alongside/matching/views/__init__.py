"""Pages of matching: the board for the program, the choice for the person, the answer for the peer."""
