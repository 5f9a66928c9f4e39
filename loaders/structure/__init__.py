"""The section tree of a document, by numbering alone."""
