"""Forms of intake. They validate; actions save."""
