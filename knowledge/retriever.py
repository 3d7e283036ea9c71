"""Search for other people's LangChain chains: a retriever, and our embedder under LangChain's name for it.

Importing this imports langchain-core; nothing else of Counterpart needs it.
"""

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from knowledge.embeddings import Embedder
from knowledge.search import Hit, Search
from knowledge.store.access import Viewer


class AsLangChain(Embeddings):
    """Our embedder, as LangChain calls it."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector of unit length per text. Raises `EmbeddingError`."""
        return [[float(value) for value in row] for row in self.embedder.embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return [float(value) for value in self.embedder.embed_one(text)]


class CounterpartRetriever(BaseRetriever):
    """Passages that `viewer` may see, best first, as LangChain documents.

    `collections` empty means all of the viewer's workspace. Metadata: passage_id, document_id, kind, title,
    section, score, and what the passage itself knows (principles, audience, page, …).
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: Search
    viewer: Viewer
    collections: tuple[str, ...] = ()
    k: int = 10
    role: str | None = None

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002  # LangChain's signature
    ) -> list[Document]:
        names = self.collections or tuple(self.search.collections(self.viewer))
        found = self.search.search(query, viewer=self.viewer, collections=names, k=self.k, role=self.role)
        return [_document(hit) for hit in found.hits]


def _document(hit: Hit) -> Document:
    about = {
        "passage_id": hit.passage_id,
        "document_id": hit.document_id,
        "kind": hit.kind,
        "title": hit.title,
        "section": hit.section,
        "score": hit.score,
    }
    return Document(id=hit.passage_id, page_content=hit.text, metadata=dict(hit.detail) | about)
