"""Repositories for people's records."""
