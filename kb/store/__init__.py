"""The git-backed store: every acknowledged change is a commit that nothing can lose."""
