"""How did it go? One paragraph after a meeting, read for what was promised, said, tried and refused.

Everything here is local and plain patterns, since each item must be explainable to the person who confirms it. An item's
`heard` is a verbatim stretch of the paragraph; a day is worked out by `dates.py` alone, also where a chat model proposes.

    dates.py      days as people name them
    clauses.py    sentences and clauses with their places; what is quoted, and what is somebody's health
    owners.py     who "he", "she" and "we" are
    shapes.py     the shapes in which people say that somebody is going to do something, and words.py the word lists
    frames.py     one clause: whether it is such a shape, and whose; whole.py the same for a whole sentence
    binding.py    which of the days around a promise is meant
    promises.py   who undertook what, by when
    told.py       words that were said, the outcome, what was tried, what was refused, a story, a feeling
    read.py       `read_debrief`: the paragraph in, items to be confirmed out, and what was left out and why
    opening.py    the line to open the next talk with
    keep.py       what was confirmed, kept between the two
"""
