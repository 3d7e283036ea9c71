"""Chat models behind the protocol in `assistant/chat.py`; what they are made of is imported when one first speaks."""

from assistant.chat import ChatModel
from assistant.providers.tracing import Tracing
from assistant.settings import Settings


def open_chat_model(settings: Settings) -> ChatModel | None:
    """The model that the settings name; None for the embedded coach. Nothing is loaded or asked yet."""
    kind, _, name = settings.chat_model.partition(":")
    if kind == "none":
        return None
    if kind == "scripted":
        from assistant.providers.scripted import ScriptedChat

        return ScriptedChat.read(name)
    from assistant.providers.openai_chat import OpenAIChat, Service

    return OpenAIChat(Service.of(kind, name, settings))


def open_tracing(settings: Settings) -> Tracing | None:
    """Where spans of model calls go; None where no collector is set up, or nothing is there to be told of."""
    endpoint = settings.otel_endpoint if settings.chat_model != "none" else None
    return Tracing(endpoint) if endpoint else None
