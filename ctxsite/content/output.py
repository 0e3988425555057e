"""Pieces in the making."""

from __future__ import annotations

from ctxsite.model.body import Html, Piece


class Output:
    """Collects `texts` and other pieces in their order; neighbouring texts become one piece."""

    __slots__ = ("pieces", "texts")

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.texts: list[str] = []

    def add(self, piece: Piece) -> None:
        """Add a piece that is not text."""
        if self.texts:
            self._flush()
        self.pieces.append(piece)

    def done(self) -> tuple[Piece, ...]:
        """Return all pieces."""
        self._flush()
        return tuple(self.pieces)

    def _flush(self) -> None:
        text = "".join(self.texts)
        if text:
            self.pieces.append(Html(text))
        self.texts.clear()
