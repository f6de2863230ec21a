"""One module per journey: the rules of the product, for every face."""
