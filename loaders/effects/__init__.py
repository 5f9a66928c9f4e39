"""What a document does to the validity of documents: its own entry into force, what it ends, changes or suspends."""
