"""The Pilots page: the list, and one pilot as a story from brief to decision."""
