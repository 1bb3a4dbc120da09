"""The public site of a program: its pages in two languages, their earlier versions, order and navigation.

It owns texts and where they stand. What a page does (the finder, forms, figures, stories) belongs to the package that
has it; words of visitors are those of `stories`. Pages that nobody wrote show the texts that come with the product.
"""
