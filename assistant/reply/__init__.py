"""A pasted reply of a few lines, read into outcome, group, day, yes or no, promises and objection.

What a careful reader would have to ask is asked; nothing is filled in.

    own.py        what the sender wrote: no history, no signature, no out-of-office note; answers under their questions
    fields.py     outcome, group and day, found part by part
    promises.py   who does what, seen from the sender: read as a debrief is
    training.py   what that is learnt from: examples/, one file a writer
    read.py       `read_reply`, and the questions that are left
"""
