"""Documents and RDF into the store, and the derived graphs beside them."""
