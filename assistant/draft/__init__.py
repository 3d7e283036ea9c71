"""Draft check: what a mail, an agenda or an outline does before it is sent, and what could stand there instead."""
