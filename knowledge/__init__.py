"""Content and the index over it: the playbook, passages, vectors, search."""
