"""One module per file format: a path in, the file's text out, nothing more."""
