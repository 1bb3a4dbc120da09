"""Pages of events: for everybody, for people signed in, for those who arrange them."""
