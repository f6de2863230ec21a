"""Secrets that open something: long, random, and kept as their digest only."""

import secrets
from hashlib import sha256


def new() -> str:
    """Return a new secret of 256 bits that can stand in an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """Return what is kept of a secret: looked up by it, time says nothing about the secret."""
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()
