"""Review of a conversation that took place: readers, metrics, findings with their evidence, scorecard."""
