"""Ask the coach: one conversation, and the source behind whatever marker was pressed."""

from ui.components.talk import show_talk

show_talk()
