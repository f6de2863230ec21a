"""What a server knows that is not in the store: who may come in, and what it did for whom."""
