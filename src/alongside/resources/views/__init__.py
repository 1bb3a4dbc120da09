"""Pages of the directory: for everybody, and for those who keep it."""
