"""Names that every instance knows, in a module light enough for the command line's help."""

PLAYBOOK_COLLECTION = "playbook"
DOCUMENTS_COLLECTION = "documents"
