"""A question that a copy of this process answers, while this one goes on."""

from __future__ import annotations

import os
from collections.abc import Callable


def asked_beside(question: Callable[[], bool]) -> Callable[[], bool]:
    """Begin to answer a question; return what waits for the answer, which must be called.

    No other thread may be running. Where there is no `fork`, the question is answered when one waits for it.
    """
    if not hasattr(os, "fork"):
        return question
    child = os.fork()
    if child == 0:
        answer = 1
        try:
            answer = 0 if question() else 1
        finally:
            os._exit(answer)

    def answered() -> bool:
        _, status = os.waitpid(child, 0)
        return status == 0

    return answered
