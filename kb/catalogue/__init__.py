"""What stands in all documents, as rows: derived from the files, thrown away at will."""
