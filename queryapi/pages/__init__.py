"""The pages: one module for each group of addresses, and `view.py` for what all of them show alike."""
