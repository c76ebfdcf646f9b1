"""The one catalogue of sentences, in Dutch and English."""
