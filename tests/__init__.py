"""The tests of Alongside: `rules` and `promises` first, then the packages, then the browser, races and faults."""
