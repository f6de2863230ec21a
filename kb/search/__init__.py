"""Search that finds Japanese and English at once."""
