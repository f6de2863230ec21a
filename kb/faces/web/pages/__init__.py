"""One module for each page: it asks `kb.work`, and fills a template."""
