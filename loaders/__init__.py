"""Documents in, findings out: what a Vietnamese administrative document says, and at which words."""
