"""ctxsite compiles Markdown with variant rules into localized static pages and a tiny selector."""

__version__ = "0.1.0"
