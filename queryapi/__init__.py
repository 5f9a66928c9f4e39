"""The store, the questions, the reports, the command and the pages."""
