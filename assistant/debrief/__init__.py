"""How did it go? One paragraph after a meeting, read for what was promised, said, tried and refused.

Everything here is local. What a stretch tells is weighed, whose it is and which day is read by rule. An item's
`heard` is a verbatim stretch of the paragraph; a day is worked out by `dates.py` alone, also where a chat model proposes.

    dates.py      days as people name them
    clauses.py    sentences with their places; what is quoted, and what is somebody's health
    owners.py     who "he", "she" and "we" are
    units.py      the short stretches that are judged one by one, and words.py the word lists
    signs.py      what is known of a stretch: its words, its verb, who does it, what stands around it
    apart.py      a paragraph taken apart into all of these
    weigh.py      what a stretch tells, by weights that training.py learnt from examples/, one file a writer
    finding.py    which stretches undertake something
    whose.py      whose a stretch is, by its words; doers.py the patterns for it
    promises.py   who undertook what, by when, given the stretches
    told.py       words that were said, the outcome, what was tried, what was refused, a story, a feeling
    read.py       `read_debrief`: the paragraph in, items to be confirmed out, and what was left out and why
    opening.py    the line to open the next talk with
    keep.py       what was confirmed, kept between the two
"""
