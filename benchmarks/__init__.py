"""How fast Alongside is at the size of a county, measured beside its own floors: `python3 dev.py bench`.

`population` makes the people, `houses` the servers, `client` asks, `floors` answers with pages that do nothing but
render, `goals` judges, `report` writes docs/benchmarks.md. Nothing here is part of the product.
"""
