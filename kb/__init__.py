"""kb: where a customer-success team keeps what it knows."""

__version__ = "0.1.0"
