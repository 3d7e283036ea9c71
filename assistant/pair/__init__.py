"""The pair: two people who need each other, and what is known between them.

A pair is a learning executive and a sales VP, either of whom may be only a name that never signs in, and perhaps a
coach. What is known between the two is kept as items (`item.py`): an outcome, a group, what was tried and how it
went, what was refused, promises, words that were said, meetings, the manager in between. Each item says who told it,
on which day, and out of which debrief, reply or conversation it came.

An item is seen by whoever told it alone (`me`) until it is shared with the pair (`pair`); then either of the two may
change or forget it, and their coach may read it. That is decided in `knowledge/store/access.py`. Two people who edit
the same item never overwrite each other silently: a change names the version that it was made on.

    item.py       the kinds of items and what each carries
    records.py    the pair and its items as they are kept, and the protocol behind which they are kept
    promises.py   open, happened, did not, moved: what a person may say of a promise, and which ones wait
    speech.py     a promise as whoever looks at it reads it, and what to say when it was not kept
    memory.py     what an answer, a rehearsal, a draft check or a brief may use of a pair, and the words that say so

How to read and write (`house` comes from `bootstrap.open_house`; `viewer` says who asks):

    pair = house.pairs.pair(viewer)                 the first pair of this person; `pair(viewer, "Dana")` by name
    other = pair.other(viewer.person_id)            the one on the other side, maybe only a name (`other.only_name`)
    house.pairs.items(viewer, pair.id)              what this person may see, oldest first
    house.pairs.add(viewer, pair.id, [item])        kept once, however often it is tapped
    house.pairs.change(viewer, kept.id, lambda item: moved(item, to=day), about="Moved", version=kept.version)
    gone = house.pairs.forget(viewer, kept.id)      gone for good, and out of every later answer
    house.pairs.restore(viewer, gone)               unless whoever forgot it takes that back at once
"""
