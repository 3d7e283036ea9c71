"""langchain's chat models for OpenAI's protocol, which also hand on that a model declines in the middle of a stream.

langchain drops the protocol's `refusal` from streamed replies, so that one who declines seems to say nothing, and does not
read choices without a `delta`. This module loads langchain: it is imported where a model first speaks.
"""

from typing import TYPE_CHECKING, Any

from langchain_openai import AzureChatOpenAI, ChatOpenAI

if TYPE_CHECKING:
    from langchain_core.outputs import ChatGenerationChunk
    from langchain_openai.chat_models.base import BaseChatOpenAI

    _Base = BaseChatOpenAI
else:
    _Base = object


class _Declining(_Base):
    def _convert_chunk_to_generation_chunk(
        self, chunk: dict[str, Any], default_chunk_class: type, base_generation_info: dict[str, Any] | None
    ) -> "ChatGenerationChunk | None":
        if any("delta" not in choice for choice in (chunk.get("choices") or [])[:1]):
            return None  # Azure sends what its filter found apart from the words, in choices without any
        made = super()._convert_chunk_to_generation_chunk(chunk, default_chunk_class, base_generation_info)
        if made is not None and (words := _refusal(chunk)):
            made.message.additional_kwargs["refusal"] = words
        return made


class OpenAI(_Declining, ChatOpenAI):
    """OpenAI, and every server that speaks like it."""


class Azure(_Declining, AzureChatOpenAI):
    """Azure OpenAI."""


def _refusal(chunk: dict[str, Any]) -> str | None:
    choices = chunk.get("choices") or [{}]
    delta = choices[0].get("delta") or {}
    refusal: str | None = delta.get("refusal")
    return refusal
