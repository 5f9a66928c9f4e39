"""One module per command (or per pair that belongs together): what it takes, what it prints, its exit code."""
