"""What the coach can do: one module or folder per feature, and the adapters they are given."""
